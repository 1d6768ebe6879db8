// A socket.io chat as its documentation shows it: rooms, WebSocket only, nothing stored.
// Usage: node server.js PORT
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer((_request, response) => response.end("up"));
const io = new Server(http, { transports: ["websocket"], serveClient: false });

io.on("connection", (socket) => {
  const room = socket.handshake.query.room;
  socket.join(room);
  socket.on("chat message", (message) => io.to(room).emit("chat message", message));
});

http.listen(Number(process.argv[2]), "127.0.0.1", 4096);
