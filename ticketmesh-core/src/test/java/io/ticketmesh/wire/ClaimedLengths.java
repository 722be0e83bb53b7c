package io.ticketmesh.wire;

import java.util.List;

/** Lengths that hostile bytes may claim to have behind them: from 127 up to more than any number holds. */
final class ClaimedLengths {
    static final List<String> HEX = List.of(
            "7f",
            "ff7f",
            "ffffff7f",
            "ffffffff07",
            "ffffffff0f",
            "ffffffffffffffff7f",
            "ffffffffffffffffff",
            "80808080808080808001");

    private ClaimedLengths() {}
}
