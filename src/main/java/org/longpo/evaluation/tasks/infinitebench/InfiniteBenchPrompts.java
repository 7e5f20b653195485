package org.longpo.evaluation.tasks.infinitebench;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longpo.evaluation.longtext.Wording;
import org.longpo.files.JsonRow;

/**
 * InfiniteBench's prompts: {@code yarn_mistral_templates} of its {@code src/prompt.py}, filled in
 * as {@code create_prompt} of {@code src/eval_utils.py} does it.
 *
 * <p>The original has four sets. This one is what it asked all open models (YaRN-Mistral, Yi,
 * ChatGLM3); the limits of answers in {@code DATA_NAME_TO_MAX_NEW_TOKENS} belong to it: six tokens
 * hold a number after "The pass key is", and not the sentence with which a chat model answers the
 * set for GPT-4, which had no limits.
 */
final class InfiniteBenchPrompts {
  static final Wording PASSKEY =
      new Wording(
          "There is an important info hidden inside a lot of irrelevant text. Find it and memorize"
              + " it. I will quiz you about the important information.\n\n{context}\n\n{input}\n\n"
              + "The pass key is");

  static final Wording NUMBER_STRING =
      new Wording(
          "There is an important info hidden inside a lot of irrelevant text. Find it. I will quiz"
              + " you about the important information there.\n\n{context}\n\n{input}\n\n"
              + "The sequence of digits is");

  static final Wording KV_RETRIEVAL =
      new Wording(
          "Extract the value corresponding to the specified key in the JSON object below.\n\n"
              + "{context}\n\n{input}");

  static final Wording BOOK_SUMMARY =
      new Wording("Summarize the book below.\n\n{context}\n\nSummary:");

  static final Wording BOOK_CHOICE =
      new Wording(
          "Read the book and answer the question.\n\n{context}\n\nQuestion: {question}\n"
              + "A. {option_a}\nB. {option_b}\nC. {option_c}\nD. {option_d}\n\n"
              + "The letter of the correct answer is");

  static final Wording BOOK_QUESTION =
      new Wording(
          "Read the book and answer the question. Be very concise in your answer.\n\n{context}\n\n"
              + "Question: {question}\nAnswer:");

  static final Wording CHINESE_BOOK_QUESTION =
      new Wording("阅读以下书籍然后回答问题。\n\n{context}\n\n问题：{question}\n答案：");

  static final Wording MATH_FIND = new Wording("{prefix}\n\n{context}\n\n{input}");

  static final Wording MATH_CALC =
      new Wording(
          "Let us calculate the intermediate values of an expression.\n\nExpression: 1 + 3 + 4\n"
              + "Values: [1, 4, 8]\n\nExpression: 8 - 3 + 2 - 4\nValues: [8, 5, 7, 3]\n\n"
              + "Expression: {context}\nValues:");

  static final Wording CODE_RUN =
      new Wording(
          "There is a function called {function} in the following Python code.\n\n{context}\n\n"
              + "Please compute the exact value of {call}. The value of {call} is");

  static final Wording CODE_DEBUG =
      new Wording(
          "Following is a Python code where exactly one of the functions/methods has a deliberate"
              + " error that makes it crash.\n\n{context}\n\nOptions:\nA. {option_a}\n"
              + "B. {option_b}\nC. {option_c}\nD. {option_d}\n\nThe correct option is:");

  static final Wording DIALOGUE =
      new Wording(
          "Below is a dialogue script where one random occurrence of a character name is replaced"
              + " with \"$$MASK$$\", and you should try to guess who that character is.\n\n"
              + "{context}\n\nThe name that has been replaced with $$MASK$$ is likely");

  private static final Pattern TARGET = Pattern.compile("The .+ of");
  private static final Pattern CALL = Pattern.compile("(func_[0-9]+)\\(-?[0-9]+\\)");
  private static final int LENGTH_OF_OF = " of".length();

  private InfiniteBenchPrompts() {}

  /** Nothing besides the text. */
  static Map<String, String> nothing(JsonRow row) {
    return Map.of();
  }

  static Map<String, String> input(JsonRow row) {
    return Map.of("input", row.text("input"));
  }

  static Map<String, String> question(JsonRow row) {
    return Map.of("question", row.text("input"));
  }

  static Map<String, String> options(JsonRow row) {
    List<String> options = row.texts("options", 4);
    return Map.of(
        "option_a", options.get(0),
        "option_b", options.get(1),
        "option_c", options.get(2),
        "option_d", options.get(3));
  }

  static Map<String, String> questionWithOptions(JsonRow row) {
    Map<String, String> values = new HashMap<>(options(row));
    values.putAll(question(row));
    return values;
  }

  /** The input, and before the text a question for what it asks for: "the largest number". */
  static Map<String, String> target(JsonRow row) {
    String input = row.text("input");
    Matcher target = TARGET.matcher(input);
    if (!target.find()) {
      throw row.refused("input", "a text with \"The ... of\", which names the number");
    }
    String found = target.group().toLowerCase(Locale.ROOT);
    String number = found.substring(0, found.length() - LENGTH_OF_OF);
    return Map.of("prefix", "What is " + number + " in the following list?", "input", input);
  }

  /** The first call in the input: "func_1(-2)". */
  static Map<String, String> call(JsonRow row) {
    Matcher call = CALL.matcher(row.text("input"));
    if (!call.find()) {
      throw row.refused("input", "a text with a call such as func_1(-2)");
    }
    return Map.of("function", call.group(1), "call", call.group());
  }
}
