package org.longpo.tiny;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.longpo.text.Prompts;
import org.longpo.text.Tokenizer;
import org.longpo.tiny.village.VillageLessons;
import org.longpo.tiny.village.VillageText;

/** What a tiny model knows. A new one is a line here. */
public enum TinyWorld {
  /** Facts of one kind, numbers of invented names: the world of the embedded model. */
  CODES(
      new Recipe(
          new TinyShape(4, 128, 320, 4, /* tiesHead= */ true),
          /* learningRate= */ 1e-3,
          /* startsWithInduction= */ false,
          /* steps= */ 4000),
      TinyTokenizer::write,
      Lessons::new,
      (tokens, random) -> new WorldWriter(random).document(tokens / 14)),
  /** People, towns and numbers, many kinds of questions, and skills without a text. */
  VILLAGE(
      new Recipe(
          new TinyShape(4, 192, 512, 6, /* tiesHead= */ false),
          /* learningRate= */ 2e-3,
          /* startsWithInduction= */ true,
          /* steps= */ 6000),
      (folder, seed) -> WordTokenizer.write(folder, VillageText.sample(seed)),
      VillageLessons::new,
      (tokens, random) -> VillageText.document(tokens / VillageText.TOKENS_PER_SENTENCE, random));

  /**
   * How its model is trained.
   *
   * @param learningRate peak of AdamW's rate
   * @param startsWithInduction whether it begins with {@link InductionWeights}
   * @param steps of the whole recipe
   */
  record Recipe(TinyShape shape, double learningRate, boolean startsWithInduction, int steps) {}

  private interface TokenizerWriter {
    int write(Path folder, long seed) throws IOException;
  }

  private interface LessonMaker {
    LessonSource make(long seed, Tokenizer tokenizer, Prompts prompts);
  }

  private interface DocumentWriter {
    String write(int tokens, Random random);
  }

  private final Recipe recipe;
  private final TokenizerWriter tokenizer;
  private final LessonMaker lessons;
  private final DocumentWriter documents;

  TinyWorld(
      Recipe recipe, TokenizerWriter tokenizer, LessonMaker lessons, DocumentWriter documents) {
    this.recipe = recipe;
    this.tokenizer = tokenizer;
    this.lessons = lessons;
    this.documents = documents;
  }

  /** Of the whole recipe. */
  public int steps() {
    return recipe.steps();
  }

  Recipe recipe() {
    return recipe;
  }

  /** A text of about so many tokens that is rich in what the model is asked for. */
  String document(int tokens, Random random) {
    return documents.write(tokens, random);
  }

  /** Writes the tokenizer's files and returns the number of tokens. */
  int writeTokenizer(Path folder, long seed) throws IOException {
    return tokenizer.write(folder, seed);
  }

  LessonSource lessons(long seed, Tokenizer opened, Prompts prompts) {
    return lessons.make(seed, opened, prompts);
  }
}
