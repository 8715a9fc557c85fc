package dev.assay.connectors.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** What docs/findings says about a type of check, for reports that are read without a checkout. */
final class FindingPage {
  /** A type's name, which comes from a document, as a file's. */
  private static final Pattern TYPE = Pattern.compile("[a-z-]{1,64}");

  /** Links are relative to the page, and lead nowhere from a report. */
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");

  private FindingPage() {}

  /** Its Markdown, links taken off; empty for a type without a page. */
  static Optional<String> markdown(String type) {
    if (!TYPE.matcher(type).matches()) {
      return Optional.empty();
    }
    try (InputStream page =
        FindingPage.class.getResourceAsStream("findings/%s.md".formatted(type))) {
      return page == null
          ? Optional.empty()
          : Optional.of(
              LINK.matcher(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                  .replaceAll("$1"));
    } catch (IOException e) {
      throw new UncheckedIOException("the page about %s can't be read".formatted(type), e);
    }
  }
}
