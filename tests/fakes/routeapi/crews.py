from routeapi import wsgi


class CrewsController(wsgi.Controller):
    @wsgi.action("hire")
    def _hire(self, req, id, body):
        """Hire somebody."""

    @wsgi.action("sink")
    def _sink_with_all_hands(self, req, id, body):
        pass

    @wsgi.action("delete")
    def _let_go(self, req, id):
        pass


class OtherCrewsController(wsgi.Controller):
    def show(self, req, boat_id, id):
        return {"crew": {"id": id}}
