package io.ticketmesh.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/** What JSON must escape, and the characters above ASCII that some readers take for line breaks. */
final class LineBreakEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
        return standardAsciiEscapesForJSON();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return switch (character) {
            case 0x85, 0x2028, 0x2029 -> new SerializedString(String.format("\\u%04X", character));
            default -> null;
        };
    }
}
