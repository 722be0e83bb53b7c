package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one party says to another. Requests and answers have different types, so none can be sent back as the other. */
sealed interface Packet {
    /** The number on the wire. */
    int type();

    default int flags() {
        return 0;
    }

    /** Writes the body. */
    void write(BodyWriter body);

    /** A server asks for a cookie. Padded, so that the answer is not larger. */
    record Hello(NodeId node) implements Packet {
        static final int TYPE = 1;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {
            body.node(node).pad();
        }
    }

    record Challenge(Cookie cookie) implements Packet {
        static final int TYPE = 2;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {
            body.cookie(cookie);
        }
    }

    /**
     * A server registers, or says what has changed about it.
     *
     * @param cookie where the session begins; null within a session
     */
    record Register(Entry entry, @Nullable Cookie cookie) implements Packet {
        static final int TYPE = 3;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {
            if (cookie != null) {
                body.cookie(cookie);
            }
            body.entry(entry);
        }
    }

    record Renew() implements Packet {
        static final int TYPE = 4;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {}
    }

    record Leave() implements Packet {
        static final int TYPE = 5;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {}
    }

    /**
     * Answers register, renew and leave.
     *
     * @param leaseMillis how long the lease is
     * @param registries others, not necessarily all
     */
    record Ok(long leaseMillis, List<InetSocketAddress> registries) implements Packet {
        static final int TYPE = 6;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {
            body.lease(leaseMillis);
            registries.forEach(body::registry);
        }
    }

    /**
     * A client asks for a page of the list.
     *
     * @param cookie from an earlier page; without it the packet is padded
     * @param after the last place of the page before; null for the first page
     */
    record Lookup(@Nullable Cookie cookie, @Nullable Place after) implements Packet {
        static final int TYPE = 7;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {
            if (after != null) {
                body.after(after);
            }
            if (cookie == null) {
                body.pad();
            } else {
                body.cookie(cookie);
            }
        }
    }

    /**
     * Part of the list.
     *
     * @param generation which list it is a part of
     * @param more whether there are more pages
     * @param warming whether the registry was started, or paused, so recently that servers may be missing
     * @param protecting whether leases are kept beyond their end, because too many would end together
     */
    record Page(
            long generation,
            boolean more,
            boolean warming,
            boolean protecting,
            Cookie cookie,
            List<Entry> entries,
            List<InetSocketAddress> registries)
            implements Packet {
        static final int TYPE = 8;
        static final int MORE = 1;
        static final int WARMING = 2;
        static final int PROTECTING = 4;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int flags() {
            return (more ? MORE : 0) | (warming ? WARMING : 0) | (protecting ? PROTECTING : 0);
        }

        @Override
        public void write(BodyWriter body) {
            body.generation(generation).cookie(cookie);
            registries.forEach(body::registry);
            entries.forEach(body::entry);
        }
    }

    /**
     * A client wants to hear of the next list after that of {@code generation}: once, and within ten seconds.
     */
    record Watch(Cookie cookie, long generation) implements Packet {
        static final int TYPE = 9;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {
            body.cookie(cookie).generation(generation);
        }
    }

    record Changed(long generation) implements Packet {
        static final int TYPE = 10;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {
            body.generation(generation);
        }
    }

    /** The reason is in the flags, so that this is the smallest packet there is. */
    record Refused(Refusal reason) implements Packet {
        static final int TYPE = 11;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int flags() {
            return reason.number;
        }

        @Override
        public void write(BodyWriter body) {}
    }

    /**
     * Asks whether there is a registry.
     *
     * @param link whether it was sent to all on the link, so that not all should answer at once
     */
    record Probe(boolean link) implements Packet {
        static final int TYPE = 12;
        static final int LINK = 1;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int flags() {
            return link ? LINK : 0;
        }

        @Override
        public void write(BodyWriter body) {}
    }

    record Here() implements Packet {
        static final int TYPE = 13;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void write(BodyWriter body) {}
    }
}
