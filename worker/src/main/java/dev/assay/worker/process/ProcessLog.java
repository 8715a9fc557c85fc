package dev.assay.worker.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.assay.worker.home.HomeLog;
import org.slf4j.LoggerFactory;

/** Sends what a worker process logs to standard error, where those who run services expect it. */
public final class ProcessLog {
  private static final String NAME = "process";

  private ProcessLog() {}

  /** From now on; structured is one JSON object a line, as Logback's own encoder writes it. */
  public static void toStandardError(boolean structured) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      root.detachAndStopAllAppenders();
      root.setLevel(Level.WARN);
      context.getLogger("dev.assay").setLevel(Level.INFO);
      ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
      appender.setContext(context);
      appender.setName(NAME);
      appender.setTarget("System.err");
      appender.setEncoder(structured ? json(context) : text(context));
      appender.start();
      root.addAppender(appender);
    }
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(HomeLog.PATTERN);
    encoder.start();
    return encoder;
  }
}
