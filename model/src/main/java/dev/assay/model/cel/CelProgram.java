package dev.assay.model.cel;

import dev.assay.model.run.Run;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A compiled expression. Apart from {@link RunExpression}, so that CEL's classes are loaded only
 * when a policy has an expression.
 */
final class CelProgram {
  private static final String RUN = "run";

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(RunExpression.MAX_LENGTH)
          .maxParseRecursionDepth(64)
          .comprehensionMaxIterations(10_000)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelCompiler COMPILER = compiler();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .setStandardEnvironmentEnabled(false)
          .setStandardFunctions(BoundedMatches.others())
          .addFunctionBindings(BoundedMatches.bindings())
          .build();

  private final CelRuntime.Program program;
  private final Set<String> fields;

  private CelProgram(CelRuntime.Program program, Set<String> fields) {
    this.program = program;
    this.fields = fields;
  }

  private static CelCompiler compiler() {
    List<CelFunctionDecl> functions =
        RunFunctions.RESULTS.entrySet().stream()
            .map(
                function ->
                    CelFunctionDecl.newFunctionDeclaration(
                        function.getKey(),
                        CelOverloadDecl.newGlobalOverload(
                            RunFunctions.overload(function.getKey()),
                            function.getValue(),
                            SimpleType.STRING)))
            .toList();
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addVar(RUN, MapType.create(SimpleType.STRING, SimpleType.DYN))
        .addFunctionDeclarations(functions)
        .setResultType(SimpleType.BOOL)
        .build();
  }

  static CelProgram compile(String text) throws ExpressionException {
    try {
      CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
      return new CelProgram(RUNTIME.createProgram(tree), fields(tree));
    } catch (CelValidationException e) {
      throw new ExpressionException(explain(e.getErrors()));
    } catch (CelEvaluationException | RuntimeException e) {
      throw new ExpressionException("not a CEL expression: " + firstLine(e));
    }
  }

  Answer evaluate(Run run) {
    try {
      Map<String, Object> record = new HashMap<>();
      for (String field : fields) {
        RunFields.value(run, field).ifPresent(value -> record.put(field, value));
      }
      Object result = program.eval(Map.of(RUN, record), RunFunctions.of(run));
      return result instanceof Boolean holds
          ? new Answer.Decided(holds)
          : new Answer.Undecided("the expression yields no truth value for this run");
    } catch (CelEvaluationException | RuntimeException e) {
      return new Answer.Undecided(firstLine(e));
    }
  }

  /**
   * The fields of run that the tree reads. A field that no run has is refused here, and a pattern
   * that can't be evaluated.
   */
  private static Set<String> fields(CelAbstractSyntaxTree tree) throws ExpressionException {
    Set<String> fields = new TreeSet<>();
    for (CelNavigableExpr node : CelNavigableAst.fromAst(tree).getRoot().allNodes().toList()) {
      BoundedMatches.check(node);
      if (node.getKind() != CelExpr.ExprKind.Kind.IDENT
          || !node.expr().ident().name().equals(RUN)) {
        continue;
      }
      CelExpr parent = node.parent().map(CelNavigableExpr::expr).orElse(node.expr());
      if (parent.getKind() != CelExpr.ExprKind.Kind.SELECT) {
        throw new ExpressionException("'run' stands alone; write run.<field>: " + known());
      }
      String field = parent.select().field();
      if (!RunFields.NAMES.contains(field)) {
        throw new ExpressionException(
            "a run has no field '%s'; it has %s".formatted(field, known()));
      }
      fields.add(field);
    }
    return fields;
  }

  private static String known() {
    return String.join(", ", RunFields.NAMES);
  }

  private static String explain(List<CelIssue> issues) {
    CelIssue first = issues.getFirst();
    String message = first.getMessage().lines().findFirst().orElse("not a CEL expression");
    return first.getSourceLocation().getLine() < 1
        ? message
        : "line %s, character %s of the expression: %s"
            .formatted(
                first.getSourceLocation().getLine(),
                first.getSourceLocation().getColumn() + 1,
                message);
  }

  private static String firstLine(Exception e) {
    Throwable cause = e.getCause();
    String message =
        cause instanceof MissingEvidenceException || cause instanceof PatternException
            ? cause.getMessage()
            : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
