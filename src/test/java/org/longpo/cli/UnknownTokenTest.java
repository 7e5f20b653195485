package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ids for which a model of 426 rows has none, by every door that they can come in. */
class UnknownTokenTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    model = folder.resolve("model");
    TinyWorld.writeModel(model);
    TinyWorld.writeDocuments(folder.resolve("documents"), 2, 20);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\n");
  }

  @Test
  void shouldRefuseTokenizerWithTokenThatTextsBecome() throws IOException {
    addToken("<extra>", false);
    for (String[] command :
        List.of(new String[] {"complete", "--prompt", "The old"}, generate("pairs"))) {
      refused(run(command), "'<extra>'", "426 rows, for the ids 0 to 425");
    }
    assertThat(folder.resolve("pairs")).doesNotExist();
  }

  @Test
  void shouldRefuseTokenOfTemplateWhereItIsRead() throws IOException {
    addToken("<|answer|>", true);
    Path template = model.resolve("chat_template.jinja");
    Files.writeString(template, Files.readString(template) + "<|answer|>");
    refused(
        run("complete", "--chat", "--prompt", "Who?"),
        "The token id 426 ('<|answer|>') is not among those of the model",
        "426 rows, for the ids 0 to 425");
    // The token is never read here: many models have a padding token without a row.
    KilledProcess.Result plain = run("complete", "--prompt", "The old", "--max-tokens", "2");
    assertThat(plain.exitCode()).as(plain.err()).isZero();
  }

  @Test
  void shouldRefuseEndTokenThatModelCannotWrite() throws IOException {
    Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": [423, 500]}");
    refused(run("complete", "--prompt", "The old"), "the id 500 is beyond", "426 rows");
  }

  @Test
  void shouldRefusePairFileByLineBeforeAnythingIsRead() throws IOException {
    KilledProcess.Result made = run(generate("pairs"));
    assertThat(made.exitCode()).as(made.err()).isZero();
    Path pairs = folder.resolve("pairs/pairs.jsonl");
    Path manifest = folder.resolve("pairs/manifest.json");
    String before = Sha256.of(pairs);
    List<String> lines = new ArrayList<>(Files.readAllLines(pairs));
    lines.set(1, lines.get(1).replaceFirst("(\"chosen\":\\{.*?\"tokens\":\\[)[0-9]+", "$1" + 4711));
    Files.writeString(pairs, String.join("\n", lines) + "\n");
    Files.writeString(manifest, Files.readString(manifest).replace(before, Sha256.of(pairs)));

    for (String command : List.of("train", "reference")) {
      refused(
          run(command, "--pairs", at("pairs"), "--out", at(command)),
          "pairs.jsonl:2: an answer has the token id 4711",
          "426 rows, for the ids 0 to 425");
      assertThat(folder.resolve(command).resolve("checkpoints")).doesNotExist();
      assertThat(folder.resolve(command).resolve("pairs.jsonl")).doesNotExist();
    }
  }

  /** Adds a token after the existing 426. */
  private void addToken(String content, boolean special) throws IOException {
    Path file = model.resolve("tokenizer.json");
    ObjectNode definition = Json.read(file, ObjectNode.class);
    ArrayNode added = (ArrayNode) definition.get("added_tokens");
    ObjectNode token = ((ObjectNode) added.get(added.size() - 1)).deepCopy();
    added.add(token.put("id", 426).put("content", content).put("special", special));
    Files.writeString(file, Json.line(definition));
  }

  private String[] generate(String out) {
    return new String[] {
      "generate",
      "--documents",
      at("documents"),
      "--instructions",
      at("instructions.txt"),
      "--out",
      at(out),
      "--length",
      "256",
      "--temperature",
      "1",
      "--max-new-tokens",
      "12"
    };
  }

  private static void refused(KilledProcess.Result result, String... words) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(words).doesNotContain("bug of longpo", "index out of range");
    assertThat(result.out()).isEmpty();
  }

  private KilledProcess.Result run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(1, List.of("--model", model.toString()));
    return KilledProcess.inProcess(all);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }
}
