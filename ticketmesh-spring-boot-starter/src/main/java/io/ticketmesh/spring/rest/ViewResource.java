package io.ticketmesh.spring.rest;

import io.ticketmesh.definition.Definition;
import io.ticketmesh.definition.Expectation;
import io.ticketmesh.definition.SavedView;
import io.ticketmesh.definition.ViewForm;
import io.ticketmesh.definition.Views;
import io.ticketmesh.definition.Views.Shelf;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.spring.access.TicketAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Saved views: the caller's own, and those that all share. */
final class ViewResource {
    private final Desk desk;
    private final DefinitionExchange<SavedView> exchange = new DefinitionExchange<>(ViewForm.INSTANCE);

    ViewResource(Desk desk) {
        this.desk = desk;
    }

    private record Placed(Shelf shelf, Definition<SavedView> view) {}

    private Views views(Call call) {
        return desk.node().views(call.actor());
    }

    Reply all(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.READ);
        List<Placed> all = new ArrayList<>();
        for (Shelf shelf : Shelf.values()) {
            views(call).all(shelf).forEach(view -> all.add(new Placed(shelf, view)));
        }
        return DefinitionExchange.list(
                all, (json, placed) -> exchange.write(json, placed.view(), more(call, placed.shelf())));
    }

    Reply read(Call call) {
        Placed placed = placed(call);
        call.rights().require(TicketAction.READ);
        return exchange.shown(
                call, placed == null ? null : placed.view(), placed == null ? json -> {} : more(call, placed.shelf()));
    }

    Reply put(Call call) {
        call.parameters().requireAllKnown();
        Acks.requireLocal(call);
        call.rights().require(TicketAction.READ);
        List<Shelf> shelves = new ArrayList<>(List.of(Shelf.OWN));
        SavedView view = exchange.body(
                call,
                form -> form.readOnly(List.of("owner")).bool("shared").ifValue(shared -> shelves.set(0, shelf(shared))),
                wanted -> wanted.check(desk.service().workflow()));
        Shelf shelf = shelves.get(0);
        requireWriter(call, shelf);
        Expectation expectation = DefinitionExchange.expectation(call);
        String name = call.variable("name");
        boolean isNew = views(call).find(shelf, name).isEmpty();
        Definition<SavedView> written = desk.writes().settled(views(call).put(shelf, name, view, expectation));
        return exchange.one(isNew ? 201 : 200, written, more(call, shelf));
    }

    Reply delete(Call call) {
        Placed placed = placed(call);
        Acks.requireLocal(call);
        call.rights().require(TicketAction.READ);
        Expectation expectation = DefinitionExchange.expectation(call);
        Shelf shelf = placed == null ? Shelf.OWN : placed.shelf();
        requireWriter(call, shelf);
        desk.writes().settled(views(call).remove(shelf, call.variable("name"), expectation));
        return Reply.empty(204);
    }

    /** The view that the path means, and {@code shared} if it is given; null when there is none. */
    private @Nullable Placed placed(Call call) {
        Boolean shared = call.parameters().truth("shared");
        call.parameters().requireAllKnown();
        for (Shelf shelf : shared == null ? List.of(Shelf.values()) : List.of(shelf(shared))) {
            Definition<SavedView> view =
                    views(call).find(shelf, call.variable("name")).orElse(null);
            if (view != null) {
                return new Placed(shelf, view);
            }
        }
        return null;
    }

    private static Shelf shelf(boolean shared) {
        return shared ? Shelf.SHARED : Shelf.OWN;
    }

    private static void requireWriter(Call call, Shelf shelf) {
        if (shelf == Shelf.SHARED) {
            call.rights().require(TicketAction.ARRANGE);
        }
    }

    private static Consumer<JsonWriter> more(Call call, Shelf shelf) {
        return json -> json.member("shared", shelf == Shelf.SHARED)
                .member("owner", shelf == Shelf.SHARED ? null : call.actor());
    }
}
