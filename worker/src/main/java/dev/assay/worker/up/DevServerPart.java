package dev.assay.worker.up;

import dev.assay.worker.devserver.DevServer;
import dev.assay.worker.devserver.DevServerNamespace;
import dev.assay.worker.devserver.DevServerSettings;
import java.util.Optional;

/** The dev server: started again on its ports, with the database file that holds its workflows. */
final class DevServerPart implements Part {
  private final DevServerSettings settings;
  private Optional<DevServer> server = Optional.empty();

  DevServerPart(DevServerSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "the Temporal server";
  }

  @Override
  public void start() {
    DevServer started = DevServer.start(settings);
    server = Optional.of(started);
    try {
      DevServerNamespace.prepare(started).close();
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  @Override
  public boolean alive() {
    return server.filter(DevServer::isAlive).isPresent();
  }

  @Override
  public String log() {
    return settings.logFile().toString();
  }

  @Override
  public void stop() {
    server.ifPresent(DevServer::close);
  }
}
