# shellcheck shell=bash
# What tools/pinproof and tools/test share: building a preset while saying so. Sourced with $root set to the source
# tree. Everything here talks on stderr only.

: "${root:?}" "${speaker:=pinproof}"  # the source tree, and the name to talk under
say() { printf '%s: %s\n' "$speaker" "$*" >&2; }

# How often a long step tells that it is alive, where there is no terminal to keep a line on.
heartbeat_seconds=20

# Prints how far the ninja run that writes LOG has come, until killed: one line kept up to date on a terminal, else
# a line now and then. Its `sleep` must not hold the caller's pipes open after the kill, and it ends by itself when
# the script was killed outright.
report_progress() {
  local label=$1 log=$2 started=$SECONDS spoken=$SECONDS step
  while sleep 1 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
    step=$(tail -n 1 "$log" 2>/dev/null | grep -o '^\[[0-9]*/[0-9]*\]' || true)
    if [[ -t 2 ]]; then
      printf '\r%s: %s %s %d s \e[K' "$speaker" "$label" "$step" $((SECONDS - started)) >&2
    elif ((SECONDS - spoken >= heartbeat_seconds)); then
      say "$label $step $((SECONDS - started)) s"
      spoken=$SECONDS
    fi
  done
}

# with_progress LABEL LOG COMMAND…: runs it with its output in LOG, reporting; gives its exit status.
with_progress() {
  local label=$1 log=$2 status=0 reporter
  shift 2
  report_progress "$label" "$log" 9>&- &
  reporter=$!
  # shellcheck disable=SC2064  # the id of today's reporter, not that of a later one
  trap "kill $reporter 2>/dev/null" EXIT
  "$@" >"$log" 2>&1 </dev/null 9>&- || status=$?
  kill "$reporter" 2>/dev/null
  wait "$reporter" 2>/dev/null || true
  trap - EXIT
  [[ ! -t 2 ]] || printf '\r\e[K' >&2
  return $status
}

# The part of a build's log that says what is wrong: compilers', linkers' and CMake's complaints with the lines that
# follow them.
show_errors() {
  local log=$1
  local what='(error:|Error |FAILED:|undefined reference|ninja: error)'
  if grep -q -E "$what" "$log"; then
    grep -E -A 6 -m 10 "$what" "$log" | cut -c 1-240 >&2  # the command lines are longer than anybody reads
  else
    tail -n 30 "$log" >&2
  fi
  say "the whole log: $log"
}

# with_tree_locked TREE COMMAND…: runs it while no other script builds in TREE; waits for one that does.
with_tree_locked() {
  local tree=$1 status=0
  shift
  mkdir -p "$tree"
  exec 9>"$tree/.lock"
  if ! flock --nonblock 9; then
    say "another build of $(basename "$tree") is running; waiting for it"
    flock 9
  fi
  "$@" || status=$?
  exec 9>&-
  return $status
}

configure() {
  local preset=$1 tree=$root/build/$1
  # Ninja runs CMake again by itself when a CMakeLists.txt changed, but it does not know the presets.
  [[ ! -e $tree/build.ninja || $root/CMakePresets.json -nt $tree/build.ninja ]] || return 0
  cd "$root" || return 1
  with_progress "configuring $preset" "$tree/build.log" cmake --preset "$preset" || return 1
  touch "$tree/build.ninja"
}

build_locked_preset() {
  local preset=$1 jobs=$2 tree=$root/build/$1 started=$SECONDS
  shift 2
  if ! (configure "$preset"); then
    say "could not configure the $preset build"
    show_errors "$tree/build.log"
    return 1
  fi
  if ! with_progress "building $preset" "$tree/build.log" ninja -C "$tree" -j "$jobs" "$@"; then
    say "could not build $preset"
    show_errors "$tree/build.log"
    return 1
  fi
  grep -q '^ninja: no work to do' "$tree/build.log" || say "built $preset in $((SECONDS - started)) s"
}

# build_preset PRESET JOBS [TARGET…]: configures when needed, then builds. Silent but for progress and errors. Gives
# 1 on failure.
build_preset() {
  with_tree_locked "$root/build/$1" build_locked_preset "$@"
}
