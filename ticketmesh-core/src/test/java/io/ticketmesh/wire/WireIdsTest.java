package io.ticketmesh.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.UnknownChange;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WireIdsTest {
    private static final int SEARCHED = 1_000;

    @BeforeAll
    static void startAsTheCodecDoes() {
        new WireCodec();
    }

    /** A line is only ever added. */
    @Test
    void idsKeepTheirMeaningForEver() {
        StringBuilder table = new StringBuilder();
        WireSession session = new WireSession();
        for (int id = 20; id < SEARCHED; id++) {
            Class<?> type = session.typeOf(id);
            if (type != null) {
                table.append(id).append(' ').append(type.getSimpleName()).append('\n');
            }
        }
        assertThat(table.toString()).isEqualTo("""
                        20 Operation
                        21 Opening
                        22 ClockBound
                        23 Adopted
                        24 Caught
                        25 Ticket
                        26 Comment
                        27 Tombstone
                        28 Receipt
                        29 VersionVector
                        30 Member
                        31 Enrolled
                        40 CreateTicket
                        41 SetTitle
                        42 SetDescription
                        43 SetType
                        44 SetStatus
                        45 SetPriority
                        46 SetQueue
                        47 SetReporter
                        48 SetAssignee
                        49 SetDue
                        50 SetCustomField
                        51 SetExternalId
                        52 AddTag
                        53 RemoveTag
                        54 AddWatcher
                        55 RemoveWatcher
                        56 AddLink
                        57 RemoveLink
                        58 MergeInto
                        59 AddComment
                        60 EditComment
                        61 RedactComment
                        62 RecordOccurrences
                        63 DeleteTicket
                        64 RestoreTicket
                        65 PurgeTicket
                        66 AddAttachment
                        67 RemoveAttachment
                        68 FireTimer
                        69 WriteEntry
                        70 RedactTicket
                        """);
    }

    @Test
    void everyKindOfChangeHasAnIdButTheUnknown() {
        Set<Class<?>> registered = new HashSet<>();
        WireSession session = new WireSession();
        for (int id = 40; id < 100; id++) {
            Class<?> type = session.typeOf(id);
            if (type != null) {
                registered.add(type);
            }
        }
        Set<Class<?>> kinds = new HashSet<>(WireRoundTripTest.concrete(Change.class));
        kinds.remove(UnknownChange.class);
        assertThat(registered).isEqualTo(kinds);
    }

    @Test
    void ofKryosOwnSerializersOnlyThoseOfPrimitivesAreRegistered() {
        Kryo plain = new Kryo();
        WireSession session = new WireSession();
        for (int id = 0; id < 20; id++) {
            Class<?> type = session.typeOf(id);
            Class<?> builtIn = WireIds.typeOf(plain, id);
            assertThat(type).isEqualTo(builtIn);
            assertThat(type == null || type.isPrimitive() || type == String.class)
                    .as("%d is %s", id, type)
                    .isTrue();
        }
    }

    @Test
    void kryoIsToldToLeaveUnsafeMemoryAlone() {
        assertThat(System.getProperty("kryo.unsafe")).isEqualTo("false");
    }
}
