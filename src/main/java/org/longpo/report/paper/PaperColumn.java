package org.longpo.report.paper;

import java.util.List;
import java.util.stream.Stream;

/**
 * A figure of the paper's tables: the mean of the headline metrics of some tasks. The one place
 * that says which tasks those are.
 *
 * @param head as the paper has it
 * @param tasks their ids; all must have been run, or the mean is of something else
 */
record PaperColumn(String head, List<String> tasks) {
  static final PaperColumn EN_SUM = of("En.Sum", "infinitebench-longbook-sum-eng");
  static final PaperColumn EN_QA = of("En.QA", "infinitebench-longbook-qa-eng");
  static final PaperColumn EN_MC = of("En.MC", "infinitebench-longbook-choice-eng");

  /** RULER's parts, as its own paper (arXiv:2404.06654) divides its 13 tasks. */
  static final PaperColumn NIAH =
      of(
          "NIAH",
          "niah-single-1",
          "niah-single-2",
          "niah-single-3",
          "niah-multikey-1",
          "niah-multikey-2",
          "niah-multikey-3",
          "niah-multivalue",
          "niah-multiquery");

  static final PaperColumn VT = of("VT", "vt");
  static final PaperColumn AGG = of("AGG", "cwe", "fwe");
  static final PaperColumn QA = of("QA", "ruler-qa-1", "ruler-qa-2");

  static final PaperColumn LONGBENCH_CHAT = of("LongBench-Chat", "longbench-chat");

  static final PaperColumn MMLU = of("MMLU", "mmlu");
  static final PaperColumn ARC_C = of("ARC-C", "arc-challenge");
  static final PaperColumn HELLASWAG = of("HellaSwag", "hellaswag");
  static final PaperColumn WINOGRANDE = of("WinoGrande", "winogrande");
  static final PaperColumn MT_BENCH = of("MT-Bench", "mt-bench");

  static final List<PaperColumn> INFINITEBENCH = List.of(EN_SUM, EN_QA, EN_MC);
  static final List<PaperColumn> RULER = List.of(NIAH, VT, AGG, QA);

  /** The main table leaves aggregation out. */
  static final List<PaperColumn> RULER_OF_MAIN_TABLE = List.of(NIAH, VT, QA);

  static final PaperColumn RULER_ALL =
      new PaperColumn("AVG13", RULER.stream().flatMap(part -> part.tasks().stream()).toList());

  static final List<PaperColumn> SHORT = List.of(MMLU, ARC_C, HELLASWAG, WINOGRANDE, MT_BENCH);

  /** All that the main table needs. */
  static final List<PaperColumn> LONG =
      Stream.of(INFINITEBENCH, RULER_OF_MAIN_TABLE, List.of(LONGBENCH_CHAT))
          .flatMap(List::stream)
          .toList();

  private static PaperColumn of(String head, String... tasks) {
    return new PaperColumn(head, List.of(tasks));
  }
}
