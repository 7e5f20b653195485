package org.longpo.objective;

import java.util.ArrayList;
import java.util.List;

/** Every objective in every discrete setting, for tests that must hold for all of them. */
final class EveryObjective {
  private EveryObjective() {}

  static List<Objective> list() {
    List<Objective> all = new ArrayList<>();
    for (Sigmoid sigmoid : Sigmoid.values()) {
      for (NllSpan span : NllSpan.values()) {
        for (Input reference : Input.values()) {
          all.add(new LongPo(0.3, 0.7, sigmoid, span, reference));
        }
      }
    }
    for (double labelSmoothing : new double[] {0, 0.2}) {
      all.add(new Dpo(0.3, labelSmoothing));
      all.add(new SoLoPo(new Dpo(0.3, labelSmoothing), 3));
    }
    all.add(new Ipo(0.4));
    for (double gamma : new double[] {0, 0.5}) {
      all.add(new SimPo(2, gamma));
      all.add(new SoLoPo(new SimPo(2, gamma), 1));
    }
    for (NllSpan span : NllSpan.values()) {
      all.add(new Orpo(0.6, span));
      if (span != NllSpan.WHOLE_SEQUENCE) {
        all.add(new SoLoPo(new Orpo(0.6, span), 1));
      }
    }
    for (Response response : Response.values()) {
      for (double constraint : new double[] {0, 0.8}) {
        all.add(new Sft(response, NllSpan.RESPONSE, constraint));
        all.add(new Sft(response, NllSpan.WHOLE_SEQUENCE, constraint));
      }
    }
    all.add(new Distill());
    all.add(new Opsdl(4, 16, 1, 1));
    return all;
  }

  /** Those that average over the pairs; the joint sigmoid (Eq. 13) does not. */
  static List<Objective> perPair() {
    return list().stream()
        .filter(o -> !(o instanceof LongPo longPo && longPo.sigmoid() == Sigmoid.JOINT))
        .toList();
  }
}
