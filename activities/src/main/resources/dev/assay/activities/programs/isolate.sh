# Runs as the first process of fresh namespaces, with all rights inside and none outside. Builds what the
# program may see, gives up its rights, starts it. A step that fails ends it: nothing runs half isolated.
# Descriptors: 3 the state for the worker, 4 the program's environment. Why so: docs/design/programs.md.
set -eu
cd "$ROOM"
exec 3>state 4<environment

# A directory in memory, so that its size has a limit and nothing of it stays.
make_work() {
  mkdir "$1"
  mount -t tmpfs -o "mode=700,nosuid,nodev,size=$DIRECTORY_BYTES,nr_inodes=$FILES" work "$1"
  mkdir "$1/inputs" "$1/tmp"
  mount --rbind "$ROOM/inputs" "$1/inputs"
  mount -o remount,bind,ro "$1/inputs"
}

# Binds $1 at the same place below the new root; links stay links.
show() {
  if [ -L "$1" ]; then
    mkdir -p ".${1%/*}"
    ln -s "$(readlink "$1")" ".$1"
  elif [ -d "$1" ]; then
    mkdir -p ".$1"
    mount --rbind "$1" ".$1"
  elif [ -e "$1" ]; then
    mkdir -p ".${1%/*}"
    : >".$1"
    mount --rbind "$1" ".$1"
  fi
}

build_root() {
  mkdir root
  mount -t tmpfs -o mode=755,size=1m,nr_inodes=1000 root root
  cd root
  mkdir proc dev old
  mount -t proc -o nosuid,nodev,noexec proc proc
  for path in /usr /bin /sbin /lib /lib32 /lib64 /libx32 /etc/ld.so.cache /etc/alternatives \
    /etc/java-*; do
    show "$path"
  done
  IFS=:
  for path in $READABLE; do
    [ -e ".$path" ] || show "$path"
    [ -e ".$path" ] || {
      echo "the worker's readable folder $path isn't there, or its account may not see it" >&2
      exit 1
    }
  done
  unset IFS
  # Read-only with all that is mounted below; the octal escapes of odd paths aren't undone.
  while read -r _ _ _ _ where _; do
    case $where in
      "$ROOM/root/proc" | "$ROOM/root") ;;
      "$ROOM/root/"*) mount -o remount,bind,ro "$where" ;;
    esac
  done </proc/self/mountinfo
  for path in /dev/null /dev/zero /dev/full /dev/random /dev/urandom; do show "$path"; done
  ln -s /proc/self/fd dev/fd
  make_work work
  pivot_root . old
  cd /
  umount -l old
  rmdir old
  mount -o remount,bind,ro /
  cd /work
}

case $VIEW in
  own) build_root ;;
  whole)
    mount -t proc -o nosuid,nodev,noexec proc /proc
    make_work work
    cd work
    ;;
esac
directory=$PWD

# The program's own user namespace is the last: in another it could mount more memory.
echo 1 >/proc/sys/user/max_user_namespaces
# Shared memory outlives address spaces, so their limit doesn't hold it.
echo 0 >/proc/sys/kernel/shmall
echo 0 >/proc/sys/kernel/msgmni

# The limit of processes counts in the user namespace where it is set, hence after unshare.
unshare --user --map-user=1000 --map-group=1000 -- \
  prlimit --nproc="$PROCESSES" --as="$ADDRESS_BYTES" --cpu="$CPU_SECONDS:$((CPU_SECONDS + 1))" \
  --fsize="$DIRECTORY_BYTES" --nofile="$OPEN_FILES" --core=0 --memlock=0 --msgqueue=0 -- \
  env -i PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 HOME="$directory" TMPDIR="$directory/tmp" \
  sh -c '
    . /proc/self/fd/4
    command -v -- "$1" >/dev/null || { echo missing >&3; exit 127; }
    echo started >&3
    exec 3>&- 4<&-
    exec "$@"' sh "$@" && code=0 || code=$?
echo "ended $code" >&3
exit "$code"
