#!/bin/sh
# gallery.sh BIN_DIR OUT_DIR: pictures of every page of the gallery at the kiosk's and the desk's sizes,
# each on a virtual display of its own.
set -eu
bin=$1 out=$2
mkdir -p "$out"
shoot() { # SIZE PAGE [further arguments]
    size=$1 page=$2 name=$2-$1
    shift 2
    for extra in "$@"; do name=$name$(echo "$extra" | tr -d ' '); done
    file=$out/$name.png
    # shellcheck disable=SC2016
    xvfb-run -a -s "-screen 0 ${size}x24" sh -c '
        "$1/wq_ui_gallery" --size "$2" --page "$3" $5 & shown=$!
        sleep 1.2; "$1/wq_screenshot" "$4"; kill "$shown"; wait "$shown" || true' \
        sh "$bin" "$size" "$page" "$file" "$*" 2>/dev/null
    echo "$file"
}
for page in ${PAGES:-welcome confirm home form scan record states picker question toast}; do
    shoot 1080x1920 "$page"
    shoot 1920x1080 "$page"
done
shoot 1600x1000 desk
shoot 1080x1920 form "--text-step 2" --contrast
