package org.longpo.jinja;

/**
 * A name, attribute or item that is not there. It is empty and false; any other use of it fails.
 *
 * @param message the message of the failure
 */
record Undefined(String message) {
  static Undefined name(String name) {
    return new Undefined(PythonText.repr(name) + " is undefined");
  }

  static Undefined attribute(Object owner, String name) {
    return new Undefined(
        PythonText.repr(describe(owner)) + " has no attribute " + PythonText.repr(name));
  }

  static Undefined element(Object owner, Object key) {
    return key instanceof String name
        ? attribute(owner, name)
        : new Undefined(describe(owner) + " has no element " + PythonText.repr(key));
  }

  /** What the sandbox denies to templates. */
  static Undefined unsafe(Object owner, String name) {
    return new Undefined(
        "access to attribute "
            + PythonText.repr(name)
            + " of "
            + PythonText.repr(Values.type(owner))
            + " object is unsafe.");
  }

  TemplateFailure failure() {
    return new TemplateFailure(message);
  }

  private static String describe(Object owner) {
    return owner == None.NONE ? "None" : Values.type(owner) + " object";
  }
}
