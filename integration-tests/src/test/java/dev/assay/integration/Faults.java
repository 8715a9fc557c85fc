package dev.assay.integration;

import dev.assay.activities.LedgerSource;
import dev.assay.integration.Schedule.Fault;
import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Stands around real activities and the real ledger: delays calls, lets them fail before they did
 * anything, and after they did all or half of it. Validations without a {@link Schedule} pass
 * through. Keeps every receipt that the ledger gave.
 */
final class Faults {
  private final Map<String, Schedule> schedules = new ConcurrentHashMap<>();
  private final Map<String, Receipt> receipts = new ConcurrentHashMap<>();
  private final List<String> contradictions = new ArrayList<>(); // guarded by itself

  void add(Schedule schedule) {
    schedules.put(schedule.workflowId(), schedule);
  }

  /** The first receipt of each key. */
  Map<String, Receipt> receipts() {
    return Map.copyOf(receipts);
  }

  /** Keys that were given two different receipts. */
  List<String> contradictions() {
    synchronized (contradictions) {
      return List.copyOf(contradictions);
    }
  }

  /** The same activities, unreliable. */
  List<Object> around(List<Object> activities) {
    return activities.stream().<Object>map(this::around).toList();
  }

  private Object around(Object activity) {
    return Proxy.newProxyInstance(
        Faults.class.getClassLoader(),
        activity.getClass().getInterfaces(),
        (_, method, arguments) -> call(activity, method, arguments));
  }

  private Object call(Object activity, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return invoke(activity, method, arguments);
    }
    Optional<Schedule> schedule = current();
    Fault fault = begin(schedule, "the activity");
    Object result = invoke(activity, method, arguments);
    schedule.ifPresent(
        known -> {
          pause(known);
          known.done(method.getName(), arguments[0]);
        });
    if (fault == Fault.REPLY_LOST) {
      throw new InjectedException("the activity's reply was lost");
    }
    return result;
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The same ledgers, unreliable. */
  LedgerSource around(LedgerSource ledgers) {
    return name -> new UnreliableLedger(ledgers.ledger(name));
  }

  private Optional<Schedule> current() {
    return Optional.ofNullable(
        schedules.get(Activity.getExecutionContext().getInfo().getWorkflowId()));
  }

  /** Delays, draws what will happen, and fails if that is it. */
  private Fault begin(Optional<Schedule> schedule, String what) {
    if (schedule.isEmpty()) {
      return Fault.NONE;
    }
    pause(schedule.get());
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    Fault fault = schedule.get().next(info.getAttempt());
    if (fault == Fault.FAILED) {
      throw what.equals("the ledger")
          ? new LedgerUnavailableException("injected: the ledger failed")
          : new InjectedException("failed");
    }
    return fault;
  }

  private static void pause(Schedule schedule) {
    try {
      Thread.sleep(schedule.delay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InjectedException("interrupted", e);
    }
  }

  private void keep(NewEntry entry, Receipt receipt) {
    Receipt first = receipts.putIfAbsent(entry.key(), receipt);
    if (first != null && !first.equals(receipt)) {
      synchronized (contradictions) {
        contradictions.add("%s: first %s, then %s".formatted(entry.key(), first, receipt));
      }
    }
  }

  /** Something the engine tries again. */
  static final class InjectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InjectedException(String message) {
      super("injected: " + message);
    }

    InjectedException(String message, Throwable cause) {
      super("injected: " + message, cause);
    }
  }

  private final class UnreliableLedger implements Ledger {
    private final Ledger ledger;

    UnreliableLedger(Ledger ledger) {
      this.ledger = ledger;
    }

    @Override
    public String name() {
      return ledger.name();
    }

    @Override
    public String origin() {
      return ledger.origin();
    }

    @Override
    public Receipt append(NewEntry entry) {
      return unreliably(
          () -> appendAndKeep(List.of(entry)).getFirst(), () -> appendAndKeep(List.of(entry)));
    }

    @Override
    public List<Receipt> appendAll(List<NewEntry> entries) {
      return unreliably(
          () -> appendAndKeep(entries),
          () -> appendAndKeep(entries.subList(0, (entries.size() + 1) / 2)));
    }

    @Override
    public List<AppendOutcome> appendEach(List<NewEntry> entries) {
      return ledger.appendEach(entries); // no workflow does
    }

    private <T> T unreliably(Supplier<T> all, Runnable part) {
      if (begin(current(), "the ledger") == Fault.REPLY_LOST) {
        part.run();
        throw new LedgerUnavailableException("injected: the ledger's reply was lost");
      }
      return all.get();
    }

    private List<Receipt> appendAndKeep(List<NewEntry> entries) {
      List<Receipt> given = ledger.appendAll(entries);
      for (int i = 0; i < given.size(); i++) {
        keep(entries.get(i), given.get(i));
      }
      return given;
    }

    @Override
    public LedgerHead head() {
      return ledger.head();
    }

    @Override
    public void close() {
      ledger.close();
    }
  }
}
