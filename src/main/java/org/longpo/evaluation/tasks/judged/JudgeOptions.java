package org.longpo.evaluation.tasks.judged;

import java.nio.file.Path;
import java.util.Optional;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;

/**
 * How answers are judged, in all tasks that do so.
 *
 * @param answerTokens of an answer at most; 1024 in FastChat's {@code gen_model_answer.py} and in
 *     LongBench-Chat's {@code eval.py}
 * @param judgeTokens of a judgment at most; 2048 in FastChat's {@code common.py}, without a limit
 *     in LongBench-Chat
 * @param against the evaluation of the model that answers are compared with; its answers are
 *     inputs, so the folder's name decides nothing
 */
@Section("Evaluation")
public record JudgeOptions(
    @Option(
            name = "judged_answer_tokens",
            defaultValue = "1024",
            meaning = "Tokens of an answer that is judged at most.")
        @Range(from = 1)
        int answerTokens,
    @Option(defaultValue = "2048", meaning = "Tokens of a judgment at most.") @Range(from = 1)
        int judgeTokens,
    @Option(
            name = "judge_against",
            defaultText = "none",
            label = "RUN",
            decidesResult = false,
            meaning =
                "The evaluation of another model, with mt-bench or longbench-chat, with whose"
                    + " answers mt-bench-pairwise and longbench-chat-pairwise compare.")
        Optional<Path> against) {
  public JudgeOptions {
    OptionChecks.require(JudgeOptions.class, answerTokens, judgeTokens, against);
  }
}
