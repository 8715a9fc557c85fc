package dev.assay.connectors.assayjson;

import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.PlainJson;
import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.connectors.record.PlainTimes;
import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.MetricSeries;
import java.util.HashSet;
import java.util.Set;

/** {@code metrics} as {@link PointsReader} reads them, for {@link FamiliarRun}. */
final class FamiliarPoints {
  private static final byte[] STEP = PlainJson.ascii("\"step\":");
  private static final byte[] TIME = PlainJson.ascii("\"time\":");
  private static final byte[] VALUE = PlainJson.ascii("\"value\":");
  private static final byte[] NULL = PlainJson.ascii("null");
  private static final byte[] NAN = PlainJson.ascii("NaN\"");
  private static final byte[] INFINITY = PlainJson.ascii("Infinity\"");
  private static final byte[] MINUS_INFINITY = PlainJson.ascii("-Infinity\"");

  private static final int SAW_STEP = 1;
  private static final int SAW_VALUE = 2;
  private static final int SAW_TIME = 4;

  private final PlainJson json;
  private final PlainTimes times;

  FamiliarPoints(PlainJson json, PlainTimes times) {
    this.json = json;
    this.times = times;
  }

  void read(RunDraft draft, String file) throws Unfamiliar {
    json.mark('{');
    if (json.skipsMark('}')) {
      return;
    }
    Set<String> names = new HashSet<>();
    do {
      json.literal('"');
      String name = json.text();
      if (!names.add(name) || names.size() > Limits.ENTRIES) {
        throw PlainJson.unfamiliar();
      }
      json.mark(':');
      series(draft.metric(file, name));
    } while (json.skipsMark(','));
    json.mark('}');
  }

  private void series(RunDraft.Points points) throws Unfamiliar {
    json.mark('[');
    if (json.skipsMark(']')) {
      return;
    }
    do {
      point(points);
    } while (json.skipsMark(','));
    json.mark(']');
  }

  private void point(RunDraft.Points points) throws Unfamiliar {
    long step = 0;
    double value = 0;
    long time = MetricSeries.NO_TIME;
    int seen = 0;
    json.mark('{');
    do {
      int key = key();
      if ((seen & key) != 0) {
        throw PlainJson.unfamiliar();
      }
      seen |= key;
      json.skipSpace();
      if (key == SAW_STEP) {
        step = json.natural();
      } else if (key == SAW_VALUE) {
        value = value();
      } else {
        time = time();
      }
    } while (json.skipsMark(','));
    json.literal('}');
    if ((seen | SAW_TIME) != (SAW_STEP | SAW_VALUE | SAW_TIME)) {
      throw PlainJson.unfamiliar();
    }
    points.add(step, time, value);
  }

  private int key() throws Unfamiliar {
    if (json.skips(STEP)) {
      return SAW_STEP;
    }
    if (json.skips(VALUE)) {
      return SAW_VALUE;
    }
    json.literal(TIME);
    return SAW_TIME;
  }

  private double value() throws Unfamiliar {
    if (!json.skips('"')) {
      return json.number();
    }
    if (json.skips(NAN)) {
      return Double.NaN;
    }
    if (json.skips(INFINITY)) {
      return Double.POSITIVE_INFINITY;
    }
    json.literal(MINUS_INFINITY);
    return Double.NEGATIVE_INFINITY;
  }

  private long time() throws Unfamiliar {
    if (json.skips('"')) {
      return times.micros(json);
    }
    json.literal(NULL);
    return MetricSeries.NO_TIME;
  }
}
