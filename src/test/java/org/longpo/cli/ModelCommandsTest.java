package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.AdapterWriter;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ExportSettings;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.engine.LoraSettings;
import org.longpo.files.Json;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import tools.jackson.databind.JsonNode;

/** {@code complete}, {@code score} and {@code bench} as a user runs them. */
class ModelCommandsTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void makeModel() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
  }

  @Test
  void shouldPrintTextAlone() {
    List<String> arguments =
        List.of("--prompt", "The old gardener", "--max-tokens", "12", "--temperature", "1");
    assertThat(run("complete", arguments, "--seed", "3")).isZero();
    String first = text(out);
    assertThat(first).isNotBlank().endsWith("\n");
    assertThat(text(err)).isEmpty();
    out.reset();
    assertThat(run("complete", arguments, "--seed", "3")).isZero();
    assertThat(text(out)).as("the same seed").isEqualTo(first);
    out.reset();
    assertThat(run("complete", arguments, "--seed", "4")).isZero();
    assertThat(text(out)).as("another seed").isNotEqualTo(first);
  }

  @Test
  void shouldNameTheOptionThatMakesNoSense() {
    assertThat(run("complete", List.of("--prompt", ""))).isEqualTo(2);
    assertThat(text(err)).contains("--prompt is empty");
    assertThat(run("complete", List.of("--prompt", "The", "--stop", ""))).isEqualTo(2);
    assertThat(text(err))
        .contains("--stop is '', expected one or more values, each a text that is not empty");
    assertThat(run("complete", List.of("--prompt", "The", "--max-tokens", "0"))).isEqualTo(2);
    assertThat(text(err)).contains("--max-tokens is '0', expected a whole number, 1 or more");
    assertThat(run("complete", List.of("--prompt", "The", "--top-p", "1.5"))).isEqualTo(2);
    assertThat(text(err)).contains("--top-p is '1.5', expected a number above 0, at most 1");
    assertThat(run("complete", List.of("--prompt", "The", "--show-reasoning"))).isEqualTo(2);
    assertThat(text(err)).contains("--show-reasoning needs --chat");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void shouldWarnOfTextsLongerThanTheModelsPositions() {
    String prompt = "The old gardener wrote. ".repeat(40);
    List<String> arguments = List.of("--prompt", prompt, "--max-tokens", "1");
    List<String> continued = new java.util.ArrayList<>();
    assertThat(run("complete", arguments, continued)).isZero();
    List<String> asChat = new java.util.ArrayList<>(arguments);
    asChat.add("--chat");
    List<String> answered = new java.util.ArrayList<>();
    assertThat(run("complete", asChat, answered)).isZero();
    for (List<String> said : List.of(continued, answered)) {
      assertThat(said)
          .singleElement()
          .asString()
          .contains("tokens are more than the 128 that positions of");
    }
  }

  @Test
  void shouldScoreContinuationsInOrder() throws IOException {
    Path requests = folder.resolve("requests.jsonl");
    Files.writeString(
        requests,
        """
        {"id": "b", "context": "The old", "continuations": [" gardener", " sailor wrote"]}
        {"id": "a", "context_tokens": [5, 6, 7], "continuation_tokens": [[8, 9], [8, 10, 11]]}
        {"id": "c", "messages": [{"role": "user", "content": "Who?"}], "continuations": ["The sailor"]}
        """);
    Path answers = folder.resolve("answers.jsonl");
    assertThat(score(requests, answers)).as(text(err)).isZero();
    List<JsonNode> rows =
        Files.readAllLines(answers).stream()
            .map(line -> Json.parse(line, JsonNode.class, "answers"))
            .toList();
    assertThat(rows.stream().map(row -> row.get("id").asString())).containsExactly("b", "a", "c");
    for (JsonNode row : rows) {
      for (JsonNode continuation : row.get("continuations")) {
        double sum = 0;
        for (JsonNode logProb : continuation.get("token_logprobs")) {
          assertThat(logProb.asDouble()).isNegative();
          sum += logProb.asDouble();
        }
        assertThat(continuation.get("logprob").asDouble()).isCloseTo(sum, within(1e-12));
        assertThat(continuation.get("tokens").size())
            .isEqualTo(continuation.get("token_logprobs").size());
      }
    }
    // The first token is the same in both continuations and reads the same context.
    JsonNode shared = rows.get(1).get("continuations");
    assertThat(shared.get(0).get("token_logprobs").get(0))
        .isEqualTo(shared.get(1).get("token_logprobs").get(0));
  }

  @Test
  void shouldReadAdapterWithItsBaseAsModel() throws IOException {
    Path base = folder.resolve("model");
    Path adapter = folder.resolve("adapter");
    ModelConfig config = ModelConfig.read(base);
    LoraSettings lora = new LoraSettings(1, 1, List.of("q_proj"));
    List<OutputTensor> zeros =
        lora.tensors(config).stream()
            .map(
                tensor ->
                    new OutputTensor(
                        tensor.name(),
                        ElementType.F32,
                        tensor.dimensions(),
                        sink -> sink.accept(MemorySegment.ofArray(new byte[4 * size(tensor)]))))
            .toList();
    AdapterWriter.write(
        base,
        ExportSettings.unchanged().withRope(RopeSettings.unscaled(1e6)),
        1,
        1,
        lora.targetModules(),
        zeros,
        adapter);
    Path requests = folder.resolve("requests.jsonl");
    Files.writeString(
        requests,
        "{\"id\": 1, \"messages\": [{\"role\": \"user\", \"content\": \"Who?\"}],"
            + " \"continuations\": [\"The sailor\"]}");
    // A change of zero: the base under the RoPE that the adapter was trained with.
    assertThat(score(requests, folder.resolve("expected"), "--rope-theta", "1000000")).isZero();
    assertThat(score(requests, folder.resolve("plain"))).isZero();
    assertThat(score(requests, folder.resolve("answers"), "--model", adapter.toString()))
        .as(text(err))
        .isZero();
    assertThat(folder.resolve("answers"))
        .hasSameBinaryContentAs(folder.resolve("expected"))
        .content()
        .isNotEqualTo(Files.readString(folder.resolve("plain")));
    TinyWorld.writeDocuments(folder.resolve("documents"), 1, 2);
    Path out = folder.resolve("run");
    List<String> evolve =
        List.of(
            "--documents",
            folder.resolve("documents").toString(),
            "--lengths",
            "64",
            "--lora-r",
            "2",
            "--out",
            out.toString());
    assertThat(run("evolve", evolve, "--model", adapter.toString())).isEqualTo(2);
    assertThat(text(err)).contains("a new adapter needs a whole model as its base");
    assertThat(out).doesNotExist();
    Files.move(base, folder.resolve("elsewhere"));
    assertThat(run("complete", List.of("--prompt", "x"), "--model", adapter.toString()))
        .isEqualTo(2);
    assertThat(text(err))
        .contains(adapter + " is an adapter of ", "which is not a folder on this machine");
  }

  private static int size(ExpectedTensor tensor) {
    return (int) tensor.dimensions().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
  }

  @Test
  void shouldWarnOfModelWhoseAnswersNeverEnd() throws IOException {
    Path config = folder.resolve("model/config.json");
    Files.writeString(config, Files.readString(config).replace(", \"eos_token_id\": 422", ""));
    assertThat(run("complete", List.of("--prompt", "The", "--max-tokens", "1"))).isZero();
    assertThat(text(err)).as("an end token of tokenizer_config.json").isEmpty();
    List<String> said = new java.util.ArrayList<>();
    Files.writeString(folder.resolve("model/tokenizer_config.json"), "{}");
    assertThat(run("complete", List.of("--prompt", "The", "--max-tokens", "1"), said)).isZero();
    assertThat(said)
        .singleElement()
        .asString()
        .contains("model names no token that ends an answer", "eos_token_id");
    // Only there.
    Files.writeString(
        folder.resolve("model/special_tokens_map.json"), "{\"eos_token\": \"<|im_end|>\"}");
    said.clear();
    assertThat(run("complete", List.of("--prompt", "The", "--max-tokens", "1"), said)).isZero();
    assertThat(said).isEmpty();
  }

  @Test
  void shouldRefuseToWriteAmongItsDocuments() throws IOException {
    Path documents = folder.resolve("documents");
    TinyWorld.writeDocuments(documents, 1, 2);
    Path out = documents.resolve("runs/first");
    List<String> arguments =
        List.of("--documents", documents.toString(), "--length", "64", "--out", out.toString());
    assertThat(run("generate", arguments)).isEqualTo(2);
    assertThat(text(err)).contains("--out " + out + " lies in the folder that --documents reads");
    assertThat(documents.resolve("runs")).doesNotExist();
  }

  @Test
  void shouldNotOverwriteWhatItReads() throws IOException {
    String request = "{\"id\": 1, \"context_tokens\": [5], \"continuation_tokens\": [[8]]}\n";
    Path requests = Files.writeString(folder.resolve("requests.jsonl"), request);
    Path link = Files.createSymbolicLink(folder.resolve("link"), requests);
    Path twin = Files.createLink(folder.resolve("twin"), requests);
    Path roundabout = folder.resolve("model/../requests.jsonl");
    for (Path out : List.of(requests, link, twin, roundabout)) {
      err.reset();
      assertThat(score(requests, out)).as(out.toString()).isEqualTo(2);
      assertThat(text(err)).contains("--out " + out + " is the file that --requests reads");
    }
    Path partial = Files.writeString(folder.resolve("answers.partial"), request);
    assertThat(score(partial, folder.resolve("answers"))).isEqualTo(2);
    assertThat(text(err)).contains("is first written as " + partial);
    Path temporary = Files.writeString(folder.resolve("answers.tmp"), request);
    assertThat(score(temporary, folder.resolve("answers"))).isEqualTo(2);
    assertThat(score(requests, folder.resolve("model/model.safetensors"))).isEqualTo(2);
    assertThat(text(err)).contains("lies in the folder that --model reads");
    Path config = Files.writeString(folder.resolve("settings.yaml"), "device: cpu\n");
    assertThat(score(requests, config, "--config", config.toString())).isEqualTo(2);
    for (Path file : List.of(requests, partial, temporary)) {
      assertThat(file).hasContent(request);
    }
    assertThat(folder.resolve("answers")).doesNotExist();
    Path json = folder.resolve("model/config.json");
    assertThat(run("bench", List.of("--lengths", "8", "--json", json.toString()))).isEqualTo(2);
    assertThat(text(err)).contains("--json " + json + " lies in the folder that --model reads");
  }

  @Test
  void shouldNameGitLfsPointerInPlaceOfWeights() throws IOException {
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:"
            + "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    for (String name : List.of("model.safetensors", "tokenizer.json", "config.json")) {
      Path file = folder.resolve("model").resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Files.writeString(file, pointer);
      err.reset();
      assertThat(run("complete", List.of("--prompt", "x"))).as(name).isEqualTo(2);
      assertThat(text(err))
          .isEqualTo(
              "longpo: %s is a git-lfs pointer, not the file itself: run `git lfs pull` in %s.%n"
                  .formatted(file, folder.resolve("model")));
      Files.write(file, whole);
    }
    Path requests = Files.writeString(folder.resolve("requests.jsonl"), pointer);
    assertThat(score(requests, folder.resolve("answers"))).isEqualTo(2);
    assertThat(text(err)).contains(requests + " is a git-lfs pointer");
  }

  @Test
  void shouldNotResumeWithAnswersToOtherRequests() throws IOException {
    Path requests = folder.resolve("requests.jsonl");
    Files.writeString(
        requests, "{\"id\": \"a\", \"context_tokens\": [5], \"continuation_tokens\": [[8]]}\n");
    Path answers = folder.resolve("answers.jsonl");
    Path partial = folder.resolve("answers.jsonl.partial");
    Files.writeString(partial, "another identity\n{\"id\":\"x\"}\n");
    assertThat(score(requests, answers)).isEqualTo(2);
    assertThat(text(err)).contains("answers.jsonl.partial:1", "remove the file to begin again");
    assertThat(answers).doesNotExist();
    Files.delete(partial);
    assertThat(score(requests, answers)).isZero();
    assertThat(Files.readAllLines(answers)).singleElement().asString().contains("\"id\":\"a\"");
  }

  @Test
  void shouldNameLineAndKeyOfBadRequest() throws IOException {
    Path requests = folder.resolve("requests.jsonl");
    Path answers = folder.resolve("answers.jsonl");
    Files.writeString(
        requests,
        """
        {"id": "a", "context_tokens": [5], "continuation_tokens": [[8]]}
        {"id": "b", "contexts": "x", "continuations": ["y"]}
        """);
    assertThat(score(requests, answers)).isEqualTo(2);
    assertThat(text(err)).contains("requests.jsonl:2").contains("did you mean context");
    assertThat(answers).doesNotExist();
  }

  @Test
  void shouldGiveIdsBackAsTheyWereAndSkipBlankLines() throws IOException {
    Path requests = folder.resolve("requests.jsonl");
    Path answers = folder.resolve("answers.jsonl");
    Files.writeString(
        requests,
        """

        {"id": 7, "context_tokens": [5], "continuation_tokens": [[8]]}

        {"id": "7", "context_tokens": [5], "continuation_tokens": [[8]]}
        """);
    assertThat(score(requests, answers)).as(text(err)).isZero();
    assertThat(Files.readAllLines(answers))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("{\"id\":7,"),
            line -> assertThat(line).startsWith("{\"id\":\"7\","));
    Files.writeString(requests, "\n\n{\"id\": 1}\n");
    assertThat(score(requests, answers)).isEqualTo(2);
    assertThat(text(err)).contains("requests.jsonl:3: expected exactly one of context, messages");
  }

  @Test
  void shouldReadWithAnotherPositionEmbedding() throws IOException {
    Path requests = folder.resolve("requests.jsonl");
    Files.writeString(
        requests,
        "{\"id\": 1, \"context_tokens\": [5, 6, 7, 8], \"continuation_tokens\": [[9, 10]]}");
    assertThat(score(requests, folder.resolve("plain"))).as(text(err)).isZero();
    assertThat(
            score(
                requests, folder.resolve("changed"), "--rope-scaling", "rope_type=linear,factor=2"))
        .as(text(err))
        .isZero();
    // The same change in the configuration.
    Path config = folder.resolve("model/config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst(
                "\\{", "{\"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 2.0},"));
    assertThat(score(requests, folder.resolve("configured"))).as(text(err)).isZero();
    assertThat(folder.resolve("changed"))
        .hasSameBinaryContentAs(folder.resolve("configured"))
        .content()
        .isNotEqualTo(Files.readString(folder.resolve("plain")));
  }

  @Test
  void shouldMeasureSteps() {
    assertThat(
            run(
                "bench",
                List.of("--lengths", "64", "--pairs", "1,2", "--response-tokens", "8"),
                "--repeats",
                "1"))
        .as(text(err))
        .isZero();
    assertThat(text(out).lines()).hasSize(3);
  }

  private int score(Path requests, Path answers, String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("--requests", requests.toString(), "--out", answers.toString()));
    arguments.addAll(List.of(more));
    return run("score", arguments);
  }

  private int run(String command, List<String> arguments, List<String> said) {
    return run(command, arguments, new Sayings(said), new String[0]);
  }

  private int run(String command, List<String> arguments, String... more) {
    return run(command, arguments, Progress.NONE, more);
  }

  private int run(String command, List<String> arguments, Progress progress, String... more) {
    List<String> all = new java.util.ArrayList<>(List.of(command));
    all.addAll(arguments);
    all.addAll(List.of(more));
    if (!all.contains("--model")) {
      all.addAll(List.of("--model", folder.resolve("model").toString()));
    }
    return Main.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            progress,
            Cancellation.NEVER),
        all.toArray(String[]::new));
  }

  /** Keeps the messages. */
  private record Sayings(List<String> said) implements Progress {
    @Override
    public Task start(String name, String unit, long doneUnits, long totalUnits) {
      return (units, tokens, figures) -> {};
    }

    @Override
    public void say(String sentence) {
      said.add(sentence);
    }
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
