#!/bin/sh
# Makes Assay's namespace and registers its search attributes. Repeat it at will.
# The environment: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, and RETENTION, how long closed workflows are kept.
set -eu

# A server that has just begun to listen isn't ready; one that has just made a namespace doesn't know it for
# some seconds. So each step is repeated, every two seconds for two minutes at most; then its last words are told.
patiently() {
  tries=60
  until said=$("$@" 2>&1); do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
      printf '%s: %s\n%s\n' "$TEMPORAL_ADDRESS" "$*" "$said" >&2
      exit 1
    fi
    sleep 2
  done
}

namespace() {
  temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
}

patiently temporal operator cluster health
patiently namespace
patiently temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE"
known=$said
# The names and types of ValidationAttributes and CaseAttributes; a test compares them.
for attribute in AssayPolicy=Keyword AssayVerdict=Keyword AssayCaseState=Keyword AssayExperiment=Keyword AssayOpened=Datetime; do
  name=${attribute%=*}
  case $known in
    *"$name "*) ;;
    *) patiently temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$name" --type "${attribute#*=}" ;;
  esac
done
echo "namespace $TEMPORAL_NAMESPACE is ready"
