package dev.assay.benchmarks.append;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.assay.benchmarks.corpus.LedgerEntries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.NewEntry;
import dev.assay.worker.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The database of a measurement: a ledger to append to, and its administrator's connections. */
public final class AppendDatabase implements AutoCloseable {
  static final String LEDGER = "append";
  static final String ADMIN = "assay_admin";

  private final String url;
  private final String password;
  private final HikariDataSource pool;
  private final Ledger ledger;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ranges = new AtomicInteger();

  private AppendDatabase(String url, String password) {
    this.url = url;
    this.password = password;
    this.pool = pool(url, password);
    this.ledger = Ledgers.openOrCreate(pool, LEDGER);
  }

  /** In a stack whose database is embedded. */
  public static AppendDatabase of(Stack stack) throws IOException, SQLException {
    return new AppendDatabase(
        stack.storage().dataSource().unwrap(HikariDataSource.class).getJdbcUrl(),
        Files.readString(stack.home().postgresSettings().passwordFile()).strip());
  }

  /** As a process of its own sees it. */
  static HikariDataSource pool(String url, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(ADMIN);
    config.setPassword(password);
    config.setConnectionInitSql("SET ROLE assay_writer");
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }

  String url() {
    return url;
  }

  String password() {
    return password;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Numbers from which another process may count up, 5 million of them; 200 times. */
  int range() {
    return 1_000_000_000 + 5_000_000 * ranges.getAndIncrement();
  }

  /** An entry that wasn't appended yet. */
  NewEntry entry() {
    return LedgerEntries.verdict(next.getAndIncrement());
  }

  Connection admin() throws SQLException {
    return DriverManager.getConnection(url, ADMIN, password);
  }

  @Override
  public void close() {
    ledger.close();
    pool.close();
  }
}
