package dev.assay.activities.programs;

/** A process that runs a program and prints how it ended. */
final class PrintedEnding {
  private PrintedEnding() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.out.println(
        new ProgramRunner(Isolation.full()).run(Program.of("true"), Limits.DEFAULT).ending());
  }
}
