#!/bin/sh
# Sends a message of ptrack as a text message, through a gateway that takes HTTP: for clients of the channel `command`.
#
#   ptrack clients edit Anna --channel command --phone "+49 170 1234567"
#   ptrack config edit        # [mail]  command = "/home/anna/bin/sms-gateway.sh"
#
# ptrack runs it once a message, with the message as JSON on standard input: id, kind, to, client, client_id, subject,
# text and facts (see `ptrack mail show ID --json`). The end says what became of it:
#   0 sent    75 not now, try again later    anything else: refused, and told as failed
#
# It needs jq and curl. The gateway's address and key are read from a file that only you may read:
#   SMS_URL=https://gateway.example/send
#   SMS_KEY=...

set -eu
set -a
. "${SMS_SETTINGS:-$HOME/.config/sms-gateway}"

# Of appointments the subject says all there is: what, when, with whom. The message's number lets the gateway know one
# that it has been given before. Key and text go to curl on its standard input: arguments can be seen by everybody on
# the machine.
answer=$(
    jq -r '
        (if .kind | IN("confirmation", "change", "cancellation", "reminder") then .subject
         else .subject + "\n\n" + .text end) as $text |
        "header = " + ("Authorization: Bearer " + env.SMS_KEY | @json),
        "header = " + ("Content-Type: application/json" | @json),
        "data = " + ({to, text: $text, reference: "ptrack-\(.id)"} | @json | @json)
    ' |
        curl --config - --silent --show-error --max-time 30 --output /dev/null --write-out '%{http_code}' "$SMS_URL"
) || exit 75

case $answer in
    2??)     exit 0 ;;
    429|5??) echo "The gateway answered $answer." >&2; exit 75 ;;
    *)       echo "The gateway answered $answer." >&2; exit 1 ;;
esac
