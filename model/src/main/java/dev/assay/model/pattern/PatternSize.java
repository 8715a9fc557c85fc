package dev.assay.model.pattern;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many instructions a pattern of RE2 compiles to, rather more than less: its counted
 * repetitions are written out, and within each other they multiply. Used once.
 */
final class PatternSize {
  private static final long MOST = Integer.MAX_VALUE;
  private static final Pattern COUNTED = Pattern.compile("\\{([0-9]{1,9})(,([0-9]{0,9}))?}");

  private final String pattern;

  /** Sizes before the groups that are open. */
  private final Deque<Long> outer = new ArrayDeque<>();

  /** Of this group, without its last part, to which a repetition belongs. */
  private long sum;

  private long last;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  /** At most {@link Integer#MAX_VALUE}. */
  static long of(String pattern) {
    PatternSize size = new PatternSize(pattern);
    for (int at = 0; at < pattern.length(); ) {
      at = size.part(at);
    }
    long total = size.sum + size.last;
    for (long before : size.outer) {
      total += before;
    }
    return Math.min(MOST, total);
  }

  /** Takes the part that begins at {@code at}; where the next one does. */
  private int part(int at) {
    switch (pattern.charAt(at)) {
      case '\\' -> {
        return escaped(at);
      }
      case '[' -> {
        atom(1);
        return afterClass(at + 1);
      }
      case '(' -> {
        outer.push(sum + last);
        sum = 0;
        last = 0;
      }
      case ')' -> {
        last = Math.min(MOST, sum + last + 2);
        sum = outer.isEmpty() ? 0 : outer.pop();
      }
      case '*', '+', '?' -> last += 1;
      case '{' -> {
        return repeated(at);
      }
      default -> atom(1);
    }
    return at + 1;
  }

  private void atom(long size) {
    sum = Math.min(MOST, sum + last);
    last = size;
  }

  private int repeated(int at) {
    Matcher counted = COUNTED.matcher(pattern).region(at, pattern.length());
    if (!counted.lookingAt()) {
      atom(1);
      return at + 1;
    }
    String upper = counted.group(3);
    long times =
        Math.max(
            Long.parseLong(counted.group(1)),
            upper == null || upper.isEmpty() ? 1 : Long.parseLong(upper));
    last = Math.min(MOST, last * (times + 1) + 1);
    return counted.end();
  }

  private int escaped(int at) {
    if (pattern.startsWith("\\Q", at)) {
      int end = pattern.indexOf("\\E", at);
      int next = end < 0 ? pattern.length() : end;
      atom(next - at);
      atom(1);
      return Math.min(pattern.length(), next + 2);
    }
    atom(1);
    int braces = at + 2;
    boolean named = at + 1 < pattern.length() && "pPx".indexOf(pattern.charAt(at + 1)) >= 0;
    if (named && braces < pattern.length() && pattern.charAt(braces) == '{') {
      int end = pattern.indexOf('}', braces);
      return end < 0 ? pattern.length() : end + 1;
    }
    return Math.min(pattern.length(), braces);
  }

  /** Behind the class whose content begins at {@code at}. */
  private int afterClass(int at) {
    int next = at;
    if (pattern.startsWith("^", next)) {
      next++;
    }
    if (pattern.startsWith("]", next)) {
      next++;
    }
    while (next < pattern.length() && pattern.charAt(next) != ']') {
      if (pattern.charAt(next) == '\\') {
        next += 2;
      } else if (pattern.startsWith("[:", next) && pattern.indexOf(":]", next) > 0) {
        next = pattern.indexOf(":]", next) + 2;
      } else {
        next++;
      }
    }
    return Math.min(pattern.length(), next + 1);
  }
}
