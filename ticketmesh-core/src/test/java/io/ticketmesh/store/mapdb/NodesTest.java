package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mapdb.DBMaker;
import org.mapdb.Store;

class NodesTest {
    private static final int MOST = 10;

    private final Store store = DBMaker.memoryDB().make().getStore();
    private final Nodes nodes = new Nodes(store, 4, MOST);

    private List<Node> shown(int count) {
        List<Node> shown = IntStream.range(0, count)
                .mapToObj(number -> {
                    Node node = nodes.create(0, 1, 1, 1);
                    node.insert(0, new long[] {number});
                    return node;
                })
                .toList();
        nodes.show();
        return shown;
    }

    private boolean isWritten(Node node) {
        return store.get(node.record, new NodeForm(node.record)) != null;
    }

    @Test
    void whatIsShownCanBeReadBeforeAnyRecordHoldsIt() {
        List<Node> shown = shown(50);
        assertThat(shown).noneMatch(this::isWritten);
        assertThat(shown).allSatisfy(node -> assertThat(nodes.read(node.record)).isSameAs(node));
    }

    @Test
    void theOldestAreWrittenWhenMoreWaitThanMay() {
        List<Node> shown = shown(50);
        nodes.writeOldest();
        for (int number = 0; number < 50; number++) {
            assertThat(isWritten(shown.get(number))).isEqualTo(number < 50 - MOST);
            assertThat(nodes.read(shown.get(number).record).cells[0]).isEqualTo(number);
        }
    }

    @Test
    void aNodeThatKeepsChangingIsWrittenInItsNewestVersion() {
        Node first = shown(1).get(0);
        long record = first.record;
        for (long value = 1; value <= 20; value++) {
            nodes.writable(nodes.current(record)).cells[0] = value;
            nodes.show();
            nodes.writeOldest();
        }
        assertThat(isWritten(first)).isFalse();
        nodes.writeAll();
        Node read = store.get(record, new NodeForm(record));
        assertThat(read).isNotNull().extracting(node -> node.cells[0]).isEqualTo(20L);
        nodes.writable(nodes.current(record)).cells[0] = 21;
        nodes.show();
        shown(8);
        assertThat(nodes.read(record).cells[0]).isEqualTo(21);
    }

    @Test
    void theRecordOfANodeThatWasNeverWrittenIsGivenBackToo() {
        List<Node> shown = shown(30);
        shown.forEach(nodes::free);
        List<Node> next = shown(20);
        assertThat(shown)
                .extracting(node -> node.record)
                .containsAll(next.stream().map(node -> node.record).toList());
        nodes.writeAll();
        next.forEach(node -> assertThat(nodes.read(node.record).cells[0]).isEqualTo(next.indexOf(node)));
    }
}
