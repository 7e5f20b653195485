package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.longpo.evaluation.comparison.Difference;
import org.longpo.reproduction.Claim.Checked;

/** The paper's claims, each with what was measured and whether it agrees. */
final class ClaimsSection implements Section {
  private final Reasons reasons;

  ClaimsSection(Reasons reasons) {
    this.reasons = reasons;
  }

  @Override
  public String title() {
    return "The paper's claims";
  }

  @Override
  public List<Block> blocks(Results results) {
    List<Block> blocks = new ArrayList<>();
    MarkdownTable table = new MarkdownTable(2, List.of("claim", "here"));
    for (Claim claim : Claims.ALL) {
      List<Checked> checked = claim.parts().apply(results).stream().map(Claim.Part::check).toList();
      Verdict verdict = Claim.verdict(checked);
      table.add(List.of(claim.statement(), "**" + verdict.words() + "**"));
      List<String> lines = new ArrayList<>();
      lines.add("**%s** %s:".formatted(claim.statement(), capitalized(verdict.words())));
      lines.add("");
      checked.forEach(part -> lines.add("- " + measured(part)));
      reasons
          .of(claim, verdict)
          .ifPresent(reason -> lines.addAll(List.of("", "Likely reason: " + reason)));
      blocks.add(new Text(lines));
    }
    blocks.addFirst(
        Text.of(
            "A difference agrees, or does not, if its 95 % interval lies on one side of 0 and p is"
                + " below %s; if not, it is not decided. Something is kept unless it is"
                    .formatted(Difference.SIGNIFICANCE)
                + " significantly less. A claim agrees if all its parts do."));
    blocks.addFirst(table.text());
    return blocks;
  }

  /**
   * "LongPO (round 3) minus DPO (round 3), long score at 512 tokens: +3.1 [1.0, 5.2], p 0.010,
   * ...".
   */
  private static String measured(Checked checked) {
    Verdict verdict = checked.verdict();
    if (checked.difference().isEmpty()) {
      return "%s: %s".formatted(checked.part().what(), verdict.words());
    }
    Comparison comparison = checked.part().comparison().orElseThrow();
    Difference difference = checked.difference().get();
    return "%s minus %s, %s: %s, p %s, %s: %s"
        .formatted(
            comparison.first().nameWithRound(),
            comparison.second().nameWithRound(),
            comparison.measure().name(),
            Figures.difference(difference),
            Figures.p(difference.p()),
            seeds(comparison),
            verdict.words());
  }

  private static String seeds(Comparison comparison) {
    return "%s %s"
        .formatted(
            comparison.seeds().size() == 1 ? "seed" : "seeds", Trained.text(comparison.seeds()));
  }

  private static String capitalized(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
