package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldOutTest {
  private static DocumentText document(String text) {
    return TestDocuments.of(text);
  }

  private static List<DocumentText> documents(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> document(("text " + i + ".").repeat(50 + 7 * i)))
        .toList();
  }

  private static Set<String> heldOut(List<DocumentText> documents, double share, long seed) {
    HoldOut holdOut = HoldOut.of(documents.stream().map(FoundDocument::of).toList(), share, seed);
    for (DocumentText document : documents) {
      // Every document is on one side whole.
      assertThat(holdOut.training(document).isEmpty())
          .isNotEqualTo(holdOut.evaluation(document).isEmpty());
    }
    return documents.stream()
        .filter(document -> holdOut.training(document).isEmpty())
        .map(document -> document.identity().sha256())
        .collect(Collectors.toSet());
  }

  @Test
  void shouldHoldOutWholeDocumentsUpToTheShare() {
    List<DocumentText> documents = documents(40);
    long all = documents.stream().mapToLong(document -> document.text().length()).sum();
    Set<String> held = heldOut(documents, 0.25, 7);
    long heldChars =
        documents.stream()
            .filter(document -> held.contains(document.identity().sha256()))
            .mapToLong(document -> document.text().length())
            .sum();
    // Below the share by less than the longest document (323 times 8 characters).
    assertThat(heldChars).isBetween(all / 4 - 323 * 8, all / 4);
  }

  @Test
  void shouldDependOnContentAndSeedButNotOnOrder() {
    List<DocumentText> documents = documents(40);
    List<DocumentText> reversed = documents.reversed();
    assertThat(heldOut(reversed, 0.25, 7)).isEqualTo(heldOut(documents, 0.25, 7));
    assertThat(heldOut(documents, 0.25, 8)).isNotEqualTo(heldOut(documents, 0.25, 7));
  }

  @Test
  void shouldHoldOutTheShortestDocumentIfNoneFitsTheShare() {
    List<DocumentText> documents = documents(3);
    assertThat(heldOut(documents, 0.01, 7))
        .containsExactly(documents.getFirst().identity().sha256());
  }

  @Test
  void shouldLeaveOneDocumentToTrainOn() {
    assertThat(heldOut(documents(2), 0.99, 7)).hasSize(1);
  }

  @Test
  void shouldHoldOutTheEndOfASingleDocument() {
    DocumentText document = document("0123456789");
    HoldOut holdOut = HoldOut.of(List.of(FoundDocument.of(document)), 0.2, 7);
    assertThat(holdOut.training(document)).isEqualTo(new TextRange(0, 8));
    assertThat(holdOut.evaluation(document)).isEqualTo(new TextRange(8, 10));
    DocumentText trees = document(String.join("", Collections.nCopies(5, "🌲")));
    holdOut = HoldOut.of(List.of(FoundDocument.of(trees)), 0.5, 7);
    assertThat(holdOut.training(trees).endChar()).isEqualTo(4);
  }

  @Test
  void shouldHoldOutNothingAtShareZero() {
    assertThat(heldOut(documents(3), 0, 7)).isEmpty();
    DocumentText document = document("0123456789");
    assertThat(HoldOut.of(List.of(FoundDocument.of(document)), 0, 7).evaluation(document).isEmpty())
        .isTrue();
  }
}
