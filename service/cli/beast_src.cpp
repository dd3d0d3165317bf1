// Beast is compiled here for the command line, which does not link the server's room.
#include <boost/beast/src.hpp>
