package dev.assay.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** One of the constants of an enum, written in lower case. */
final class OneOf {
  private OneOf() {}

  static <E extends Enum<E>> E of(Class<E> type, String value) {
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> GlobalOptions.written(constant).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected %s, got '%s'"
                        .formatted(
                            Arrays.stream(constants)
                                .map(GlobalOptions::written)
                                .collect(Collectors.joining(" or ")),
                            value)));
  }
}
