# shellcheck shell=bash
# The data folder of scripts/run: its lock, its contents, its sample, and what to tell the user. Sourced by scripts/run
# after lib.sh.

readonly socket_path_max=107 # bytes: sun_path of Linux without its end
readonly tongdai="$ROOT/build/release/tongdai"

# All that a run leaves in its folder; nothing else is ever deleted.
our_files() {
  local name copy
  for copy in "$1"/tongdai.db.before-v*; do
    [ ! -f "$copy" ] || printf '%s\0' "$copy"
  done
  for name in tongdai.db tongdai.db-wal tongdai.db-shm tongdai.db-journal tongdai.keys master.key uploads handsets api.token admin.password \
    tongdaid.sock tongdaid.lock tongdai.toml tongdai.toml.new .sample-loaded; do
    [ ! -e "$1/$name" ] && [ ! -L "$1/$name" ] || printf '%s\0' "$1/$name"
  done
}

# A folder is ours if a run left its configuration there; an empty one may become ours.
require_our_data() {
  [ ! -e "$1/tongdai.toml" ] || return 0
  local stranger
  stranger=$(find "$1" -mindepth 1 -maxdepth 1 ! -name .lock -printf '%f' -quit)
  [ -z "$stranger" ] ||
    die "$1 was not made by scripts/run and is not empty (it holds $stranger): take another folder with --data"
}

# One run a folder. The lock is the open descriptor 9, which the daemon inherits; the file says whose process it is.
lock_data() {
  exec 9>>"$1/.lock" || die "cannot write in the data folder $1"
  flock -n 9 || die "$1 is in use by another run (process $(cat "$1/.lock")): stop that one first, or take another" \
    "folder with --data"
}

wipe_data() { our_files "$1" | xargs -0 -r rm -rf --; }

# Sets `socket`, and `socket_fallback` to the folder to remove at the end if the data folder's path is too long for one.
choose_socket() {
  socket="$1/tongdaid.sock" socket_fallback=""
  local bytes
  bytes=$(printf %s "$socket" | wc -c)
  [ "$bytes" -gt "$socket_path_max" ] || return 0
  socket_fallback=$(mktemp -d /tmp/tongdai.XXXXXX) # mode 0700
  socket="$socket_fallback/tongdaid.sock"
  say "$1/tongdaid.sock is longer than the $socket_path_max bytes of a socket's path: it is $socket instead"
}

# One step of the sample; what it prints is shown only if it fails.
sample_step() {
  local printed
  if ! printed=$(cd "$ROOT" && "$tongdai" "$@" 2>&1); then
    say "tongdai $* failed: $printed"
    return 1
  fi
}

# Everything but the campaigns may be imported again; those that an interrupted run had created are left out.
load_sample() {
  local file title there
  say "loading the sample data: units, facilities, contacts, campaigns"
  sample_step unit import config/units/lai_chau.csv || return 1
  sample_step facility import config/sample/facilities.csv || return 1
  sample_step contact import config/sample/contacts.csv || return 1
  there=$("$tongdai" --json campaign list | jq -r '.. | objects | .title? // empty') || return 1
  for file in "$ROOT"/config/sample/campaigns/*.toml; do
    title=$(sed -n 's/^title = "\(.*\)".*$/\1/p' "$file" | head -n 1)
    if grep -qxF -- "$title" <<<"$there"; then continue; fi
    sample_step campaign create "config/sample/campaigns/$(basename "$file")" || return 1
  done
  touch -- "$1/.sample-loaded"
}

# describe DIR PORT: how the service is reached, and what to try first.
describe() {
  local token="(none yet: see the log above)"
  [ ! -r "$1/api.token" ] || token=$(tr -d '\n' <"$1/api.token")
  local sign_in="admin, with the password you chose (tongdai user reset admin makes a new one)"
  [ ! -r "$1/admin.password" ] || sign_in="admin, password $(tr -d '\n' <"$1/admin.password") (for once: choose your own)"
  cat <<END

tongdaid runs on the sandbox gateway; no text leaves this machine. Ctrl-C stops it, its data stays in $1

  console  http://127.0.0.1:$2/
  API      http://127.0.0.1:$2/api/v1/ (docs/openapi.yaml)
  sign-in  $sign_in
  token    $token
           (kept in $1/api.token; sent as "Authorization: Bearer TOKEN")

From another terminal:

  export TONGDAI_SOCKET='$socket'
  export PATH='$ROOT/build/release':"\$PATH"
  tongdai status
  tongdai sandbox text --from 0912345678 --to 19001234 'toi bi chong danh, o Than Uyen'
  tongdai case list
  tongdai sandbox inbox 0912345678
  tongdai campaign list                    # preview ID, submit ID, approve ID, show ID
  curl -s -H 'Authorization: Bearer $token' http://127.0.0.1:$2/api/v1/status

The log follows.
END
}
