package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunksTest {
  private static final String TEXT =
      "skipped part\n\n"
          + String.join(
              "\n\n",
              IntStream.range(0, 12).mapToObj("one two three four five %d"::formatted).toList());
  private static final DocumentText DOCUMENT = TestDocuments.of(TEXT);
  private static final DocumentSpan PIECE = DOCUMENT.span(14, TEXT.length(), 72);

  private final List<ChunkSpan> chunks =
      new ChunkCutter(13, 0.5, FakeTokens.WORDS).cut(DOCUMENT, PIECE);

  @Test
  void shouldCutPieceAtParagraphBorders() {
    assertThat(chunks).hasSize(6).allMatch(chunk -> chunk.isInside(PIECE) && chunk.tokens() == 12);
    assertThat(TEXT.substring(chunks.get(1).startChar(), chunks.get(1).endChar()))
        .isEqualTo("one two three four five 2\n\none two three four five 3");
  }

  @Test
  void shouldLeaveOutShortChunks() {
    // 72 tokens in chunks of at most 30 (five paragraphs): the last 12 are below half.
    assertThat(new ChunkCutter(30, 0.5, FakeTokens.WORDS).cut(DOCUMENT, PIECE)).hasSize(2);
    assertThat(new ChunkCutter(30, 0.4, FakeTokens.WORDS).cut(DOCUMENT, PIECE)).hasSize(3);
  }

  @Test
  void shouldDrawDistinctChunksBySeed() {
    for (long seed = 0; seed < 50; seed++) {
      List<ChunkSpan> drawn = ChunkSampler.sample(chunks, 4, seed);
      assertThat(drawn).hasSize(4).doesNotHaveDuplicates().isSubsetOf(chunks);
      assertThat(ChunkSampler.sample(chunks, 4, seed)).isEqualTo(drawn);
    }
    assertThat(
            IntStream.range(0, 50)
                .mapToObj(seed -> ChunkSampler.sample(chunks, 1, seed).getFirst())
                .distinct())
        .hasSize(6);
  }

  @Test
  void shouldDrawAllChunksIfThereAreNoMore() {
    assertThat(ChunkSampler.sample(chunks, 9, 1)).containsExactlyInAnyOrderElementsOf(chunks);
    assertThat(ChunkSampler.sample(List.of(), 2, 1)).isEmpty();
  }
}
