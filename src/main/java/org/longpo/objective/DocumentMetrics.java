package org.longpo.objective;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects one document's metrics: what any objective can log, and the rewards of this one. */
final class DocumentMetrics {
  private final DocumentLogProbs document;
  private final Map<String, Double> more = new LinkedHashMap<>();
  private int rewarded;
  private double chosenRewards;
  private double rejectedRewards;
  private int accurate;

  DocumentMetrics(DocumentLogProbs document) {
    this.document = document;
  }

  /** The rewards of one pair. */
  void addRewards(double chosen, double rejected) {
    rewarded++;
    chosenRewards += chosen;
    rejectedRewards += rejected;
    accurate += chosen > rejected ? 1 : 0;
  }

  /** A metric of one objective alone. */
  void put(String name, double value) {
    more.put(name, value);
  }

  Map<String, Double> byName() {
    Map<String, Double> byName = new LinkedHashMap<>();
    if (rewarded > 0) {
      byName.put(MetricName.REWARDS_CHOSEN, chosenRewards / rewarded);
      byName.put(MetricName.REWARDS_REJECTED, rejectedRewards / rewarded);
      byName.put(MetricName.REWARDS_MARGINS, (chosenRewards - rejectedRewards) / rewarded);
      byName.put(MetricName.REWARDS_ACCURACIES, (double) accurate / rewarded);
    }
    if (allHave(Reading.POLICY_LONG_CHOSEN)) {
      byName.put(MetricName.LOGPS_CHOSEN, meanOfSums(Reading.POLICY_LONG_CHOSEN));
      byName.put(MetricName.CHOSEN_PER_TOKEN, meanPerToken(Reading.POLICY_LONG_CHOSEN));
    }
    if (allHave(Reading.POLICY_LONG_REJECTED)) {
      byName.put(MetricName.LOGPS_REJECTED, meanOfSums(Reading.POLICY_LONG_REJECTED));
    }
    if (allHave(Reading.POLICY_LONG_CHOSEN) && allHave(Reading.POLICY_LONG_REJECTED)) {
      byName.put(
          MetricName.LOGPS_MARGINS,
          meanOfSums(Reading.POLICY_LONG_CHOSEN) - meanOfSums(Reading.POLICY_LONG_REJECTED));
    }
    if (allHave(Reading.POLICY_LONG_CHOSEN) && allHave(Reading.REFERENCE_SHORT_CHOSEN)) {
      byName.put(
          MetricName.SHORT_TO_LONG_KL,
          meanPerToken(Reading.REFERENCE_SHORT_CHOSEN) - meanPerToken(Reading.POLICY_LONG_CHOSEN));
    }
    if (allHave(Reading.POLICY_LONG_REJECTED) && allHave(Reading.REFERENCE_SHORT_REJECTED)) {
      byName.put(
          MetricName.LONG_TO_SHORT_KL,
          meanPerToken(Reading.POLICY_LONG_REJECTED)
              - meanPerToken(Reading.REFERENCE_SHORT_REJECTED));
    }
    byName.putAll(more);
    return Collections.unmodifiableMap(byName);
  }

  private boolean allHave(Reading reading) {
    return document.pairs().stream().allMatch(pair -> pair.has(reading));
  }

  /** Mean over all tokens of the document's pairs. */
  private double meanPerToken(Reading reading) {
    double tokensPerPair =
        document.pairs().stream()
            .mapToInt(pair -> pair.get(reading).length)
            .average()
            .orElseThrow();
    return meanOfSums(reading) / tokensPerPair;
  }

  private double meanOfSums(Reading reading) {
    return document.pairs().stream()
        .mapToDouble(pair -> Numerics.sum(pair.get(reading)))
        .average()
        .orElseThrow();
  }
}
