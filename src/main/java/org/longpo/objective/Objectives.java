package org.longpo.objective;

import java.util.List;
import org.longpo.settings.Variants;

/** The objectives that there are: a new one is its record and a line here. */
public final class Objectives {
  public static final Variants ALL =
      new Variants(
          List.of(
              LongPo.class,
              Dpo.class,
              Ipo.class,
              SimPo.class,
              Orpo.class,
              Sft.class,
              SoLoPo.class,
              Distill.class,
              Opsdl.class));

  private Objectives() {}
}
