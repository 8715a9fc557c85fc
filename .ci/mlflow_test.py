"""Called by .ci/mlflow-test with the launcher's path and an empty folder."""
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ASSAY, WORK = sys.argv[1], Path(sys.argv[2])
PASSWORD, READER_PASSWORD = "admin-hidden-12", "reader-hidden-12"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"] = "true"
for name in [name for name in os.environ if name.startswith("MLFLOW_TRACKING")]:
    del os.environ[name]

from mlflow import MlflowClient  # noqa: E402  (after the environment is clean)
from mlflow.entities import (  # noqa: E402
    Dataset, DatasetInput, InputTag, LoggedModelOutput, Metric, Param)

POLICY = """\
apiVersion: assay/v1
kind: ValidationPolicy
name: few
where: 'run.experiment != "many"'
stages:
  - id: record
    checks:
      - {id: readable, type: record}
      - {id: finished, type: status, in: [FINISHED]}
      - {id: finite, type: finite, metrics: ['*']}
      - {id: accuracy, type: metric, metric: val_accuracy, min: 0.8, max: 1.0}
      - {id: files, type: artifact, require: ['eval/**', 'model/**'], digests: pinned}
"""
FILES_ONLY = """\
apiVersion: assay/v1
kind: ValidationPolicy
name: files-only
stages:
  - id: files
    checks:
      - {id: files, type: artifact, require: ['eval/**'], digests: none}
"""
EXPECTED = {
    "good": "PASS", "nan": "FAIL", "inf": "FAIL", "failed": "FAIL",
    "no-accuracy": "INDETERMINATE", "no-files": "FAIL", "points": "PASS",
}
MANY = 520  # more than a page of runs/search as Assay asks for it
POINTS = 25_010  # more than a page of metrics/get-history


class Server:
    """A tracking server on a port of its own; ends with the block."""

    def __init__(self, name, *options, **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.uri = f"http://127.0.0.1:{self.port}"
        self.log = WORK / f"{name}.log"
        self.command = [
            sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", "1",
            "--backend-store-uri", f"sqlite:///{WORK / 'mlflow.db'}",
            "--artifacts-destination", str(WORK / "mlartifacts"), *options]
        self.environment = {**os.environ, **environment}

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, cwd=WORK, env=self.environment, start_new_session=True,
            stdout=self.log.open("w"), stderr=subprocess.STDOUT)
        for _ in range(300):
            try:
                urllib.request.urlopen(self.uri + "/health", timeout=1).read()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
        self.__exit__()
        raise SystemExit(f"the server doesn't start:\n{self.log.read_text()[-3000:]}")

    def __exit__(self, *_):
        try:  # its workers are in the session that was started for it
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


passed = 0


def check(name, good, detail=""):
    global passed
    if not good:
        raise SystemExit(f"not ok - {name}\n{detail}")
    passed += 1
    print(f"ok - {name}", flush=True)


def assay(*arguments, home="home", **environment):
    """Exit status, the JSON document if there is one, standard error."""
    done = subprocess.run(
        [ASSAY, "--home", str(WORK / home), "--engine", "embedded", "--format", "json",
         "--no-progress", *arguments],
        capture_output=True, text=True, timeout=300, env={**os.environ, **environment})
    everything.append(done.stdout + done.stderr)
    try:
        document = json.loads(done.stdout)
    except ValueError:
        document = {}
    return done.returncode, document, done.stderr


everything = []  # all that was printed, to look for secrets in


def log_runs(client):
    few = client.create_experiment("few")
    ids = {name: log_run(client, few, name) for name in EXPECTED}
    many = client.create_experiment("many")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda i: client.create_run(many, run_name=f"many-{i}"), range(MANY)))
    gone = client.create_run(few, run_name="gone").info.run_id
    client.delete_run(gone)
    return ids


def log_run(client, experiment, name):
    run = client.create_run(experiment, run_name=name).info.run_id
    now = int(time.time() * 1000)
    bad = {"nan": float("nan"), "inf": float("inf")}.get(name, 0.25)
    metrics = [Metric("val_loss", 1.0, now + 1, 0), Metric("val_loss", bad, now, 1)]
    if name != "no-accuracy":
        metrics.append(Metric("val_accuracy", 0.9, now, 0))
    client.log_batch(
        run, metrics=metrics,
        params=[Param("seed", "7"), Param("text", "a \u00fc \U0001f600 b")])
    client.set_tag(run, "git.commit", "f" * 40)
    client.log_inputs(run, [DatasetInput(
        Dataset("digits", "abc123", "local", "somewhere"),
        [InputTag("mlflow.data.context", "training")])])
    if name != "no-files":
        client.log_text(run, "{}", "eval/confusion matrix #1.json")
        log_model(client, experiment, run)
    if name == "points":
        for start in range(0, POINTS, 1000):
            client.log_batch(run, metrics=[
                Metric("step_ms", i * 0.1, now + i, i)
                for i in range(start, min(start + 1000, POINTS))])
    client.set_terminated(run, "FAILED" if name == "failed" else "FINISHED")
    return run


def log_model(client, experiment, run):
    model = client.create_logged_model(experiment, name="model", source_run_id=run)
    folder = WORK / "model"
    folder.mkdir(exist_ok=True)
    (folder / "MLmodel").write_text("flavors: {}\n")
    client.log_model_artifacts(model.model_id, str(folder))
    client.finalize_logged_model(model.model_id, "READY")
    client.log_outputs(run, [LoggedModelOutput(model.model_id, 0)])


def by_id(document):
    return {run["runId"]: run for run in document["runs"]}


def reads_and_tags(server, ids):
    client = MlflowClient(server.uri)
    source = f"mlflow:{server.uri}"
    exit, result, err = assay(
        "validate", source, "--policy", "policy.yaml", "--write-tags")
    check("validate: exit 1", exit == 1, f"{exit}\n{err}")
    runs = by_id(result)
    for name, verdict in EXPECTED.items():
        found = runs[ids[name]]
        check(f"{name} is {verdict}", found["verdict"] == verdict, json.dumps(found, indent=1))
    summary = result["summary"]
    check("more than a page of runs: all are there",
          summary["runs"] == len(EXPECTED) + MANY and summary["unselected"] == MANY, summary)
    check("a record without problems", summary["uncheckedProblems"] == 0, summary)
    check("the source is the run's page",
          runs[ids["good"]]["source"].startswith(f"mlflow:{server.uri}/#/experiments/"))

    for name, id in ids.items():
        tags = client.get_run(id).data.tags
        written = {key: value for key, value in tags.items() if key.startswith("assay.")}
        expected = {
            "assay.verdict": EXPECTED[name], "assay.policy": "few",
            "assay.policy_digest": result["policyDigest"],
            "assay.validation": result["workflowId"],
            "assay.outcome_root": result["outcomeRoot"],
            "assay.run_digest": runs[id]["digest"]}
        check(f"{name} has its tags", written == expected, written)
    many = client.search_runs([client.get_experiment_by_name("many").experiment_id], max_results=1)
    check("a run that isn't selected has none",
          not [key for key in many[0].data.tags if key.startswith("assay.")])

    client.set_tag(ids["nan"], "assay.verdict", "PASS")  # anybody may
    exit, again, err = assay("validate", source, "--policy", "policy.yaml")
    check("again: exit 1", exit == 1, f"{exit}\n{err}")
    check("again: the forged tag changes nothing",
          {id: (run["digest"], run["verdict"]) for id, run in by_id(again).items()}
          == {id: (run["digest"], run["verdict"]) for id, run in runs.items()})
    exit, _, err = assay("ledger", "log", "--kind", "run.changed", "--format", "jsonl")
    check("again: no run has changed", exit == 0 and everything[-1].strip() == "",
          everything[-1][:2000])

    exit, database, err = assay(
        "validate", f"mlflow-db:{WORK / 'mlflow.db'}", "--policy", "policy.yaml", "--dry-run")
    check("the database gives the same runs with the same digests",
          {id: run["digest"] for id, run in by_id(database).items()}
          == {id: run["digest"] for id, run in runs.items()}, err)
    check("and the same verdicts",
          {id: run["verdict"] for id, run in by_id(database).items()}
          == {id: run["verdict"] for id, run in runs.items()}, err)
    return {id: run["digest"] for id, run in runs.items()}


def refusals(server):
    exit, _, err = assay(
        "validate", f"mlflow:{server.uri}?experiment=nosuch", "--policy", "policy.yaml")
    check("no such experiment: exit 2", exit == 2 and "nosuch" in err, f"{exit}\n{err}")
    exit, _, err = assay("validate", str(WORK / "mlflow.db"), "--policy", "policy.yaml",
                         "--write-tags")
    check("tags for a database: exit 2", exit == 2 and "can't be tagged" in err, f"{exit}\n{err}")
    exit, _, err = assay("validate", "mlflow:", "--policy", "policy.yaml", "--write-tags",
                         "--dry-run", MLFLOW_TRACKING_URI=server.uri)
    check("tags of a dry run: exit 2", exit == 2 and "--dry-run" in err, f"{exit}\n{err}")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        exit, _, err = assay("validate", f"mlflow:http://127.0.0.1:{closed.getsockname()[1]}",
                             "--policy", "policy.yaml")
    check("nobody listens: exit 5", exit == 5 and "can't be reached" in err, f"{exit}\n{err}")


def unreachable_files(server):
    client = MlflowClient(server.uri)
    away = client.create_experiment("away", artifact_location="file:///nowhere/artifacts")
    client.set_terminated(client.create_run(away, run_name="away").info.run_id)
    exit, result, err = assay("validate", "mlflow:?experiment=away", "--policy", "files.yaml",
                              "--dry-run", MLFLOW_TRACKING_URI=server.uri)
    check("files on a disk that the server can't see: INDETERMINATE",
          exit == 3 and result["runs"][0]["verdict"] == "INDETERMINATE", f"{exit} {result}\n{err}")


def with_credentials(digests):
    config = WORK / "auth.ini"
    config.write_text(
        "[mlflow]\ndefault_permission = READ\n"
        f"database_uri = sqlite:///{WORK / 'auth.db'}\nadmin_username = admin\n"
        f"admin_password = {PASSWORD}\n"
        "authorization_function = mlflow.server.auth:authenticate_request_basic_auth\n")
    with Server("auth", "--app-name", "basic-auth", MLFLOW_AUTH_CONFIG_PATH=str(config),
                MLFLOW_FLASK_SERVER_SECRET_KEY="only for this test") as server:
        arguments = ["validate", f"mlflow:{server.uri}?experiment=few",
                     "--policy", "policy.yaml"]
        exit, _, err = assay(*arguments)
        check("without credentials: exit 2, told what to set",
              exit == 2 and "MLFLOW_TRACKING_TOKEN" in err, f"{exit}\n{err}")
        admin = {"MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": PASSWORD}
        exit, result, err = assay(*arguments, "--write-tags", **admin)
        check("with credentials: read and tagged", exit == 1, f"{exit}\n{err}")
        check("with credentials: the same digests",
              all(digests[id] == run["digest"] for id, run in by_id(result).items()))
        exit, _, err = assay(*arguments, MLFLOW_TRACKING_USERNAME="admin",
                             MLFLOW_TRACKING_PASSWORD=PASSWORD + "-not")
        check("a wrong password: exit 2", exit == 2 and "401" in err, f"{exit}\n{err}")

        os.environ.update(admin)
        from mlflow.server import get_app_client
        get_app_client("basic-auth", tracking_uri=server.uri).create_user(
            username="reader", password=READER_PASSWORD)
        for name in admin:
            del os.environ[name]
        exit, result, err = assay(*arguments, "--write-tags", MLFLOW_TRACKING_USERNAME="reader",
                                  MLFLOW_TRACKING_PASSWORD=READER_PASSWORD)
        check("who may only read: the result is there, and exit 5",
              exit == 5 and len(result["runs"]) == len(EXPECTED) and "got no tags" in err,
              f"{exit}\n{err}")
    shown = "".join(everything)
    kept = "".join(
        file.read_text(errors="replace") for file in (WORK / "home").rglob("*")
        if file.is_file() and "/postgres" not in str(file))
    check("no secret is printed or kept",
          not any(secret in shown + kept for secret in (PASSWORD, READER_PASSWORD)))


def main():
    os.chdir(WORK)
    Path("policy.yaml").write_text(POLICY)
    Path("files.yaml").write_text(FILES_ONLY)
    with Server("plain") as server:
        start = time.time()
        ids = log_runs(MlflowClient(server.uri))
        print(f"runs logged in {time.time() - start:.0f} s", flush=True)
        digests = reads_and_tags(server, ids)
        refusals(server)
        unreachable_files(server)
    with_credentials(digests)
    print(f"{passed} passed")


main()
