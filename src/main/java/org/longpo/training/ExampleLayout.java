package org.longpo.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.longpo.error.UserError;
import org.longpo.objective.Input;
import org.longpo.objective.Reading;
import org.longpo.objective.Requirements;
import org.longpo.objective.Response;
import org.longpo.pairs.Answer;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairRow;
import org.longpo.pairs.UserMessage;
import org.longpo.text.Conversation;
import org.longpo.text.Prompts;
import org.longpo.text.Turn;

/**
 * Lays a row of the pair file out as a {@link TrainingExample}: only the sequences that the
 * objective reads, with responses as the ids of the row, wherever these come from. In the place of
 * rejected responses that are drawn during training, there is room for the longest sample.
 */
final class ExampleLayout {
  private final SequenceLayout layout;
  private final Requirements requirements;
  private final Prompts prompts;
  private final boolean needsReferences;

  ExampleLayout(SequenceLayout layout, Requirements requirements, Prompts prompts) {
    this(layout, requirements, prompts, true);
  }

  /**
   * @param needsReferences whether a row without the references that are read is an error
   */
  ExampleLayout(
      SequenceLayout layout, Requirements requirements, Prompts prompts, boolean needsReferences) {
    this.needsReferences = needsReferences;
    this.layout = layout;
    this.requirements = requirements;
    this.prompts = prompts;
  }

  /**
   * @param document the text of the row's document, all of it or what is left of it
   * @param chunks the text of each pair's chunk
   * @throws UserError if the objective needs reference log-probs that the row does not have, or has
   *     only for another layout
   */
  TrainingExample example(PairRow row, String document, List<String> chunks) {
    requireSameInput(row);
    Draft draft = new Draft(row.pairs());
    Inputs inputs = inputs(row.pairs(), document, chunks);
    Response whole = requirements.wholeSequences().orElse(Response.CHOSEN);
    for (Response response : Response.values()) {
      boolean isNll = response == whole;
      if (isNll || requirements.needs(Reading.policy(Input.LONG, response))) {
        switch (layout) {
          case TREE -> addTree(draft, inputs.longPrompts(), response, isNll);
          case CHAIN -> addChain(draft, document, response, isNll);
        }
      }
      if (requirements.needs(Reading.policy(Input.SHORT, response))) {
        addShort(draft, inputs.shortPrompts(), response);
      }
    }
    return new TrainingExample(
        row.id(),
        draft.sequences,
        draft.spans,
        draft.nllSequences,
        references(row),
        requirements.freshSamples().isPresent() ? inputs.shortPrompts() : List.of());
  }

  /** A reference read given [D ; I_k] alone does not hold for a response given earlier turns. */
  private void requireSameInput(PairRow row) {
    if (layout == SequenceLayout.CHAIN
        && row.pairs().size() > 1
        && requirements.needsReference(Input.LONG)) {
      throw new UserError(
          "The objective compares with the reference on the long input, which was read without earlier turns; with layout chain the %d pairs of document %s follow each other: choose layout tree, or pairs with one per document."
              .formatted(row.pairs().size(), row.id()));
    }
  }

  /**
   * The ids before both answers of every pair, where the objective or the teacher reads them.
   *
   * @param longPrompts none where the layout is a chain: its prompts hold the answers before them
   */
  private record Inputs(List<int[]> longPrompts, List<int[]> shortPrompts) {}

  private Inputs inputs(List<Pair> pairs, String document, List<String> chunks) {
    boolean readsShort =
        requirements.freshSamples().isPresent()
            || Arrays.stream(Response.values())
                .anyMatch(response -> requirements.needs(Reading.policy(Input.SHORT, response)));
    return new Inputs(
        layout == SequenceLayout.TREE
            ? prompts(pairs, Collections.nCopies(pairs.size(), document))
            : List.of(),
        readsShort ? prompts(pairs, chunks) : List.of());
  }

  /** In parallel: every prompt has a whole document to encode. */
  private List<int[]> prompts(List<Pair> pairs, List<String> contexts) {
    return IntStream.range(0, pairs.size())
        .parallel()
        .mapToObj(k -> prompt(contexts.get(k), pairs.get(k)))
        .toList();
  }

  private void addTree(Draft draft, List<int[]> longPrompts, Response response, boolean isNll) {
    Reading reading = Reading.policy(Input.LONG, response);
    for (int k = 0; k < draft.pairs.size(); k++) {
      int[] answer = tokens(draft.pairs.get(k), k, response);
      int sequence = draft.add(longPrompts.get(k), answer, k, reading);
      if (isNll) {
        draft.nllSequences.add(sequence);
      }
    }
  }

  private void addChain(Draft draft, String document, Response response, boolean isNll) {
    Reading reading = Reading.policy(Input.LONG, response);
    List<Turn> said = new ArrayList<>();
    for (int k = 0; k < draft.pairs.size(); k++) {
      Pair pair = draft.pairs.get(k);
      said.add(
          Turn.user(
              k == 0
                  ? UserMessage.of(document, pair.instruction())
                  : UserMessage.following(pair.instruction())));
      said.add(Turn.response(answer(pair, response).tokens()));
    }
    Conversation turns = prompts.conversation(said);
    int sequence = draft.sequences.size();
    // What the template writes after the last answer is neither response nor context of one.
    draft.sequences.add(Arrays.copyOf(turns.tokens(), turns.responses().getLast().end()));
    for (int k = 0; k < draft.pairs.size(); k++) {
      Conversation.Span span = turns.responses().get(k);
      draft.spans.add(new ResponseSpan(k, reading, sequence, span.start(), span.end()));
    }
    if (isNll) {
      draft.nllSequences.add(sequence);
    }
  }

  /** Short inputs never have earlier turns, whatever the layout is. */
  private void addShort(Draft draft, List<int[]> shortPrompts, Response response) {
    for (int k = 0; k < draft.pairs.size(); k++) {
      int[] answer = answer(draft.pairs.get(k), response).tokens();
      draft.add(shortPrompts.get(k), answer, k, Reading.policy(Input.SHORT, response));
    }
  }

  private List<Map<Reading, double[]>> references(PairRow row) {
    List<Map<Reading, double[]>> references = new ArrayList<>();
    for (int k = 0; k < row.pairs().size(); k++) {
      Map<Reading, double[]> readings = new EnumMap<>(Reading.class);
      for (Response response : Response.values()) {
        if (isDrawn(response)) {
          continue;
        }
        Answer answer = answer(row.pairs().get(k), response);
        readings.put(Reading.reference(Input.SHORT, response), answer.referenceShort());
        Reading givenLong = Reading.reference(Input.LONG, response);
        answer.referenceLong().ifPresent(values -> readings.put(givenLong, values));
        if (needsReferences && requirements.needs(givenLong) && answer.referenceLong().isEmpty()) {
          throw new UserError(
              "Pair %d of document %s has no reference log-probs on the long input, which the objective needs; 'longpo reference --pairs DIR --model DIR --out DIR' makes a pair file that has them."
                  .formatted(k + 1, row.id()));
        }
      }
      references.add(readings);
    }
    return references;
  }

  /** The ids before an answer: the same as when it was written. */
  private int[] prompt(String context, Pair pair) {
    return prompts.of(UserMessage.of(context, pair.instruction())).tokens();
  }

  private boolean isDrawn(Response response) {
    return response == Response.REJECTED && requirements.freshSamples().isPresent();
  }

  /** A response, or room for it: ids that no model has, other ones for every pair. */
  private int[] tokens(Pair pair, int index, Response response) {
    if (!isDrawn(response)) {
      return answer(pair, response).tokens();
    }
    int[] room = new int[requirements.freshSamples().orElseThrow().maxNewTokens()];
    Arrays.fill(room, -1 - index);
    return room;
  }

  private static Answer answer(Pair pair, Response response) {
    return switch (response) {
      case CHOSEN -> pair.chosen();
      case REJECTED -> pair.rejected();
    };
  }

  /** An example as far as it is laid out. */
  private static final class Draft {
    final List<Pair> pairs;
    final List<int[]> sequences = new ArrayList<>();
    final List<ResponseSpan> spans = new ArrayList<>();
    final List<Integer> nllSequences = new ArrayList<>();

    Draft(List<Pair> pairs) {
      this.pairs = pairs;
    }

    /** Adds prompt and response as one sequence; returns its index. */
    int add(int[] prompt, int[] response, int pair, Reading reading) {
      int[] sequence = TrainingExample.joined(prompt, response);
      sequences.add(sequence);
      int index = sequences.size() - 1;
      spans.add(new ResponseSpan(pair, reading, index, prompt.length, sequence.length));
      return index;
    }
  }
}
