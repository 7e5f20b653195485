package org.longpo.cli;

/** A command whose options are settings: keys that are flags and stand in a file as well. */
interface Configured extends Runnable {
  SettingFlags flags();
}
