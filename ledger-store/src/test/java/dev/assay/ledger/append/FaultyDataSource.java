package dev.assay.ledger.append;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source whose connection breaks at the next commit, on one side of it or the other. */
final class FaultyDataSource implements DataSource {
  enum Fault {
    NONE,
    /** The connection breaks before the commit reaches the server. */
    FAILED,
    /** The server commits; its reply is lost. */
    REPLY_LOST,
    /** No connection can be had. */
    DOWN
  }

  private final DataSource real;
  private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);

  FaultyDataSource(DataSource real) {
    this.real = real;
  }

  void nextCommit(Fault fault) {
    next.set(fault);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (next.compareAndSet(Fault.DOWN, Fault.NONE)) {
      throw new SQLException("test: no connection");
    }
    Connection connection = real.getConnection();
    return proxy(
        Connection.class,
        connection,
        (method, arguments, call) -> {
          Object result = call.call();
          return method.equals("prepareStatement")
                  && String.valueOf(arguments[0]).strip().endsWith("COMMIT")
              ? breaking(connection, (PreparedStatement) result)
              : result;
        });
  }

  private PreparedStatement breaking(Connection connection, PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        statement,
        (method, _, call) -> {
          if (!method.equals("execute")) {
            return call.call();
          }
          Fault fault = next.getAndSet(Fault.NONE);
          if (fault == Fault.NONE) {
            return call.call();
          }
          if (fault == Fault.REPLY_LOST) {
            call.call();
          }
          connection.abort(Runnable::run);
          throw new SQLException("test: the connection broke", "08006");
        });
  }

  private interface Call {
    Object call() throws Throwable;
  }

  private interface Around {
    Object invoke(String method, Object[] arguments, Call call) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T target, Around around) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) ->
                around.invoke(
                    method.getName(),
                    arguments == null ? new Object[0] : arguments,
                    () -> {
                      try {
                        return method.invoke(target, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    })));
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("not used");
  }

  @Override
  public PrintWriter getLogWriter() {
    return new PrintWriter(System.err);
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return real.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return real.isWrapperFor(type);
  }
}
