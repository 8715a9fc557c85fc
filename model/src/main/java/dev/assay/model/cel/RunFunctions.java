package dev.assay.model.cel;

import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.series.Aggregate;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelLateFunctionBindings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions that expressions call, each of one text: a metric's, parameter's or tag's name. */
// A Run is immutable, but neither it nor its collections carry the annotation that CEL asks of
// lambdas.
@SuppressWarnings("Immutable")
final class RunFunctions {
  /** Result types by name. */
  static final Map<String, CelType> RESULTS =
      Map.of(
          "first", SimpleType.DOUBLE,
          "last", SimpleType.DOUBLE,
          "min", SimpleType.DOUBLE,
          "max", SimpleType.DOUBLE,
          "mean", SimpleType.DOUBLE,
          "count", SimpleType.INT,
          "metric", ListType.create(SimpleType.DOUBLE),
          "param", SimpleType.STRING,
          "tag", SimpleType.STRING);

  private RunFunctions() {}

  static String overload(String function) {
    return "run_" + function;
  }

  /** The functions, bound to one run. */
  static CelLateFunctionBindings of(Run run) {
    List<CelFunctionBinding> bindings =
        List.of(
            bind("first", name -> Aggregate.FIRST.of(series(run, name))),
            bind("last", name -> Aggregate.LAST.of(series(run, name))),
            bind("min", name -> Aggregate.MIN.of(series(run, name))),
            bind("max", name -> Aggregate.MAX.of(series(run, name))),
            bind("mean", name -> Aggregate.MEAN.of(series(run, name))),
            bind("count", name -> (long) series(run, name).size()),
            bind("metric", name -> RunFields.values(series(run, name))),
            bind("param", name -> present("parameter", name, run.params().get(name))),
            bind("tag", name -> present("tag", name, run.tags().get(name))));
    return CelLateFunctionBindings.from(bindings);
  }

  private static CelFunctionBinding bind(String function, Function<String, Object> body) {
    return CelFunctionBinding.from(overload(function), String.class, body::apply);
  }

  private static MetricSeries series(Run run, String metric) {
    return present("metric", metric, run.metrics().get(metric));
  }

  private static <T> T present(String what, String name, @Nullable T value) {
    return Optional.ofNullable(value)
        .orElseThrow(
            () -> new MissingEvidenceException("the run has no %s '%s'".formatted(what, name)));
  }
}
