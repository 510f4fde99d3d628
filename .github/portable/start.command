#!/bin/sh
exec "$(dirname "$0")/hygiene" check
