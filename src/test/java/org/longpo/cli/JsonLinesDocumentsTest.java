package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.Json;
import org.longpo.pairs.PairRow;
import org.longpo.pairs.PairRows;

/** The same texts as text files and as records of one file, from documents to references. */
class JsonLinesDocumentsTest {
  private static final int DOCUMENTS = 4;

  @TempDir Path folder;

  @BeforeEach
  void writeTextsTwice() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), DOCUMENTS, 15);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\n");
    Files.createDirectory(folder.resolve("corpus"));
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      String text = Files.readString(folder.resolve("documents/document-" + i + ".txt"));
      records.append(Json.line(Map.of("text", text, "id", i))).append('\n');
    }
    Files.writeString(folder.resolve("corpus/all.jsonl"), records);
  }

  @Test
  void shouldMakeTheSamePairsOfRecordsAsOfFilesWhereverItIsStopped() {
    assertThat(KilledProcess.inProcess(generate("documents", "of-files")).err()).isEmpty();
    List<String> command = generate("corpus", "of-records");
    Path log = folder.resolve("of-records/pieces.jsonl");
    assertThat(KilledProcess.stopped(command, log, 2)).isEqualTo(130);
    assertThat(KilledProcess.inProcess(command).exitCode()).isZero();

    List<PairRow> ofFiles = rows("of-files");
    List<PairRow> ofRecords = rows("of-records");
    assertThat(ofRecords).extracting(PairRow::id).isEqualTo(ids(ofFiles));
    assertThat(ofRecords).extracting(PairRow::pairs).isEqualTo(pairs(ofFiles));
    assertThat(ofRecords)
        .allSatisfy(
            row -> {
              assertThat(row.piece().document().file())
                  .isEqualTo(folder.resolve("corpus/all.jsonl"));
              assertThat(row.piece().document().record()).isPresent();
            });

    KilledProcess.Result completed =
        KilledProcess.inProcess(
            List.of(
                "reference",
                "--pairs",
                folder.resolve("of-records").toString(),
                "--model",
                folder.resolve("model").toString(),
                "--out",
                folder.resolve("completed").toString()));
    assertThat(completed.exitCode()).as(completed.err()).isZero();
    assertThat(rows("completed")).allMatch(PairRow::hasReferenceLong);
  }

  @Test
  void shouldRefuseToResumeAfterARecordChangedAndNameBadLine() throws IOException {
    List<String> command = generate("corpus", "run");
    assertThat(KilledProcess.stopped(command, folder.resolve("run/pieces.jsonl"), 2))
        .isEqualTo(130);
    Path corpus = folder.resolve("corpus/all.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(corpus));
    lines.set(2, lines.get(2).replaceFirst("garden", "forest"));
    Files.write(corpus, lines);
    KilledProcess.Result refused = KilledProcess.inProcess(command);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("documents: 1 changed (all.jsonl)");

    lines.set(1, "{\"body\": \"no text\"}");
    Files.write(corpus, lines);
    refused = KilledProcess.inProcess(command);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains(corpus + ":2: there is no field \"text\"");
  }

  private List<PairRow> rows(String run) {
    return PairRows.readAll(folder.resolve(run).resolve("pairs.jsonl"));
  }

  private static List<String> ids(List<PairRow> rows) {
    return rows.stream().map(PairRow::id).toList();
  }

  private static List<Object> pairs(List<PairRow> rows) {
    return rows.stream().<Object>map(PairRow::pairs).toList();
  }

  private List<String> generate(String documents, String out) {
    return List.of(
        "generate",
        "--model",
        folder.resolve("model").toString(),
        "--documents",
        folder.resolve(documents).toString(),
        "--instructions",
        folder.resolve("instructions.txt").toString(),
        "--out",
        folder.resolve(out).toString(),
        "--length",
        "320",
        "--chunk-tokens",
        "60",
        "--temperature",
        "1",
        "--max-new-tokens",
        "12",
        "--pairs-per-document",
        "2");
  }
}
