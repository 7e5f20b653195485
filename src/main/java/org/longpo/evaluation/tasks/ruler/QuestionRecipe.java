package org.longpo.evaluation.tasks.ruler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.longpo.evaluation.tasks.ruler.QuestionSet.Question;

/**
 * RULER's questions about documents ({@code qa.py}): the documents that answer a question, those
 * related to it and others of the file, in random order. Sample i is about question i of the file.
 * Where a context wants more documents than the file has, all come again.
 */
record QuestionRecipe(QuestionSet set) implements Recipe {
  @Override
  public Optional<Integer> samples() {
    return Optional.of(set.questions().size());
  }

  @Override
  public int cluster(int index) {
    List<Integer> own = set.questions().get(index).own();
    return own.size() == 1 ? own.getFirst() : index;
  }

  @Override
  public Growing draw(Draw draw) {
    Question question = set.questions().get(draw.index());
    List<Integer> preferred = preferred(question, draw);
    return new Growing() {
      @Override
      public int smallest() {
        return question.own().size();
      }

      @Override
      public RulerSample sample(int size) {
        List<String> documents =
            IntStream.range(0, size)
                .mapToObj(i -> set.documents().get(preferred.get(i % preferred.size())))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(documents, draw.random("order"));
        return asked(draw.wording(), documents, question.text(), question.answers());
      }
    };
  }

  /** All documents: the question's own, then related ones, then others. */
  private List<Integer> preferred(Question question, Draw draw) {
    List<Integer> related = new ArrayList<>(question.related());
    Collections.shuffle(related, draw.random("related"));
    Set<Integer> near = new HashSet<>(question.own());
    near.addAll(related);
    List<Integer> others =
        IntStream.range(0, set.documents().size())
            .boxed()
            .filter(document -> !near.contains(document))
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(others, draw.random("others"));
    List<Integer> all = new ArrayList<>(question.own());
    all.addAll(related);
    all.addAll(others);
    return all;
  }

  /** A question after numbered documents with an empty line between them. */
  static RulerSample asked(
      RulerWording wording, List<String> documents, String question, List<String> answers) {
    String context =
        IntStream.range(0, documents.size())
            .mapToObj(i -> wording.haystack().headed(i + 1, documents.get(i)))
            .collect(Collectors.joining("\n\n"));
    return wording
        .of(RulerKind.QUESTIONS)
        .sample(Map.of("context", context, "query", question), answers);
  }
}
