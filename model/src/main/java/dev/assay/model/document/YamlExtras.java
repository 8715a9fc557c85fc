package dev.assay.model.document;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Refuses what YAML has beyond JSON, before anything is built: aliases and anchors, by which a
 * small file grows large, and tags. Jackson's tokens don't show all of them, so the events below
 * them are looked at.
 */
final class YamlExtras {
  private final String file;
  private int depth;

  private YamlExtras(String file) {
    this.file = file;
  }

  /** Throws a {@link DocumentException} at the first, or where the nesting gets too deep. */
  static void refuse(String text, String file) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(DocumentLoader.MAX_BYTES);
    YamlExtras extras = new YamlExtras(file);
    for (Event event : new Yaml(options).parse(new java.io.StringReader(text))) {
      extras.check(event);
    }
  }

  private void check(Event event) {
    if (event instanceof AliasEvent) {
      throw refused(event, "a YAML alias (*); write the value out");
    }
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      throw refused(event, "a YAML anchor (&); write the value where it is used");
    }
    if (event instanceof ScalarEvent scalar && scalar.getTag() != null) {
      throw refused(event, "the YAML tag %s; leave it out".formatted(scalar.getTag()));
    }
    if (event instanceof CollectionStartEvent start) {
      if (start.getTag() != null) {
        throw refused(event, "the YAML tag %s; leave it out".formatted(start.getTag()));
      }
      if (++depth > DocumentLoader.MAX_DEPTH) {
        throw refused(event, NodeBuilder.TOO_DEEP);
      }
    }
    if (event instanceof CollectionEndEvent) {
      depth--;
    }
  }

  private DocumentException refused(Event event, String why) {
    Mark mark = event.getStartMark();
    return new DocumentException(new Place(file, mark.getLine() + 1, mark.getColumn() + 1), why);
  }
}
