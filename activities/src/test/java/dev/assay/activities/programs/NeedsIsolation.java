package dev.assay.activities.programs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What runs programs. On a machine that can't isolate them the runner refuses, which {@code
 * IsolationTest} looks at; there is nothing else to test then, and the log says why.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsIsolation.Condition.class)
public @interface NeedsIsolation {
  /** Runs a program once, to see. */
  final class Condition implements ExecutionCondition {
    /** How {@code true} ended. */
    static final Ending ENDING = ending();

    private static Ending ending() {
      try {
        return new ProgramRunner(Isolation.full()).run(Program.of("true"), Limits.DEFAULT).ending();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return ENDING instanceof Ending.CouldNotStart(String why)
          ? ConditionEvaluationResult.disabled("this machine can't isolate programs: " + why)
          : ConditionEvaluationResult.enabled("programs are isolated");
    }
  }
}
