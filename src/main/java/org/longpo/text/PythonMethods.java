package org.longpo.text;

import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** Lets templates use Python's strings, lists and dictionaries where the engine has Java's. */
final class PythonMethods extends ELResolver {
  /** What {@code [::-1]}, which the engine cannot parse, is rewritten to. */
  static final String REVERSED = "__reversed__";

  @Override
  public @Nullable Object invoke(
      ELContext context,
      Object base,
      Object method,
      Class<?> @Nullable [] types,
      Object @Nullable [] given) {
    List<?> arguments = given == null ? List.of() : Arrays.asList(given);
    String name = String.valueOf(method);
    boolean isGet = base instanceof Map<?, ?> && name.equals("get") && !arguments.isEmpty();
    Object value =
        switch (base) {
          case Map<?, ?> map when isGet ->
              map.containsKey(arguments.getFirst()) || arguments.size() < 2
                  ? map.get(arguments.getFirst())
                  : arguments.get(1);
          case String text when name.equals(REVERSED) -> new StringBuilder(text).reverse();
          case String text -> PythonStrings.call(text, name, arguments);
          case List<?> list when name.equals(REVERSED) -> new ArrayList<>(list).reversed();
          case null, default -> null;
        };
    if (value != null || isGet) {
      context.setPropertyResolved(true);
    }
    return value instanceof StringBuilder text ? text.toString() : value;
  }

  /** {@code text[i]}, from the end if negative. */
  @Override
  public @Nullable Object getValue(ELContext context, Object base, Object property) {
    if (base instanceof String text && property instanceof Number number) {
      int index = number.intValue() < 0 ? text.length() + number.intValue() : number.intValue();
      context.setPropertyResolved(true);
      return index >= 0 && index < text.length() ? text.substring(index, index + 1) : null;
    }
    return null;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public @Nullable Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    // Strings and messages stay as they are.
  }
}
