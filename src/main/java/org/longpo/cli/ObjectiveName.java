package org.longpo.cli;

/** The objectives by their name in settings. */
enum ObjectiveName {
  LONGPO,
  DPO,
  IPO,
  SIMPO,
  ORPO,
  SFT,
  SOLOPO,
  DISTILL;

  /** The objectives that SoLoPO can apply behind the short input. */
  enum Preference {
    DPO,
    SIMPO,
    ORPO
  }
}
