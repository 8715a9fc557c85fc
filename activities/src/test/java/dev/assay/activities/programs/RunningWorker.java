package dev.assay.activities.programs;

/** A process that runs a program until it is killed. */
final class RunningWorker {
  private RunningWorker() {}

  public static void main(String[] arguments) throws InterruptedException {
    new ProgramRunner(Isolation.full())
        .run(
            Program.of("sh", "-c", "setsid sleep 600 & setsid sleep 600; : " + arguments[0]),
            Limits.DEFAULT);
  }
}
